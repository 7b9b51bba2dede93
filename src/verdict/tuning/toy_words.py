"""The words of the toy world, and the forms of its sentences."""

PEOPLE = (
    *("anna", "ben", "clara", "david", "ella", "frank", "greta", "henry", "ida", "jonas", "kim"),
    *("leo", "mia", "noah", "olga", "paul", "rosa", "sam", "tina", "uwe", "vera", "will", "yara"),
    "zoe",
)
TOWNS = ("paris", "rome", "oslo", "cairo", "lima", "delhi")
PETS = ("cat", "dog", "horse", "bird", "fish", "mouse")
JOBS = ("baker", "teacher", "doctor", "farmer", "pilot", "painter")
OPPOSITES = {
    **{"hot": "cold", "big": "small", "old": "new", "fast": "slow", "high": "low", "wet": "dry"},
    **{"light": "dark", "full": "empty", "rich": "poor", "early": "late", "strong": "weak"},
    **{"clean": "dirty", "happy": "sad", "near": "far", "loud": "quiet", "soft": "hard"},
    **{"thick": "thin", "open": "closed"},
}
PLURALS = {
    **{"cat": "cats", "dog": "dogs", "horse": "horses", "bird": "birds", "fish": "fish"},
    **{"mouse": "mice", "house": "houses", "child": "children", "foot": "feet", "tooth": "teeth"},
    **{"leaf": "leaves", "knife": "knives", "box": "boxes", "bus": "buses", "man": "men"},
    **{"woman": "women", "apple": "apples", "tree": "trees", "city": "cities", "baby": "babies"},
}
THINGS = ("red", "sun", "moon", "river", "bread", "milk", "chair", "lamp", "coat", "drum", "boat")
"""The words of the lists that people say."""

LARGEST_NUMBER = 30
"""Numbers go from 1 to this one."""

LONGEST_LIST = 5
"""A list has from two words to this many."""

SENTENCES = {
    "town": (
        "{person} lives in {town}.",
        "the home of {person} is in {town}.",
        "in {town} lives {person}.",
    ),
    "pet": (
        "{person} has a {pet}.",
        "the pet of {person} is a {pet}.",
        "a {pet} is the pet of {person}.",
    ),
    "job": (
        "{person} is a {job}.",
        "{person} works as a {job}.",
        "the job of {person} is {job}.",
    ),
    "opposite": (
        "{one} is the opposite of {other}.",
        "{one} and {other} are opposites.",
        "not {one} but {other}.",
        "the opposite of {one} is {other}.",
    ),
    "plural": (
        "one {noun}, two {nouns}.",
        "a {noun} and many {nouns}.",
        "many {nouns}, not one {noun}.",
    ),
    "number": (
        "{more} is bigger than {less}.",
        "{less} is smaller than {more}.",
        "{less} and then {more}.",
    ),
    "list": ("{person} said {words}. {friend} said {words}. {third} said {words}.",),
}
"""The forms of all sentences, by what they are about. Words are put into the slots in braces."""
