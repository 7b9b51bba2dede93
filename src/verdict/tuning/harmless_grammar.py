"""What wanted messages say: seven kinds, each about the same things as a kind of spam."""

HARMLESS = """
match
    opening
        we won the match | our team is through to the final | what a game that was |
        {name} scored in the last minute | the club took the cup |
        you should have seen the second half
    middle
        drinks are free at the club tonight | the prize was a silver cup and a cake |
        the whole town was cheering | {name} ran until the very end |
        there is a photo of it at {link} | we lost our voices from shouting
    request
        come and celebrate with us | tell your brother about it | bring a scarf to the next one |
        shall we go together on {day} | keep a seat for me | let me know if you want a ticket

computer
    opening
        i changed the password of the wifi | the printer at home works again |
        i could not sign in to the school page | my old phone broke on {day} |
        grandma has a new tablet | the page of the club has moved to {link}
    middle
        the cat stepped on the keyboard | it was only a loose cable |
        {name} fixed it in a minute | all photos are still there | it took the whole evening |
        the code is on the fridge
    request
        ask me when you come over | do not give it to anyone | can you show me how it works |
        i will bring it with me on {day} | help her if she calls | have a look when you are home

neighbour
    opening
        i took in a parcel for you | the postman left a box with us |
        your books have arrived here | there is something big in our hall for you |
        the flowers came this morning | {name} has your order at the shop
    middle
        it is rather heavy | the dog has only sniffed at it | we put it under the stairs |
        it did not fit in the letter box | the box is a little wet | we signed for it
    request
        ring the bell after {time} | pick it up whenever you like | i can carry it over |
        just walk in, the door is open | the kids will bring it round | no hurry at all

family
    opening
        aunt {name} turns eighty on {day} | grandpa is out of hospital |
        we found the old letters of grandma | the baby came last night |
        your cousin {name} is getting married | uncle {name} sold the farm
    middle
        the whole family will be there | he already complains about the food |
        mother cried a little | she weighs three kilos | there are pictures of you as a child |
        they have been so happy
    request
        can you bake the cake | call him, he would be glad | come for coffee on {day} |
        will you drive or take the train | write something in the card | we kept one for you

bill
    opening
        i paid for dinner yesterday | the tickets came to {amount} |
        we collected for the gift of {name} | you left your share on the table |
        the rent for the hut is {amount} | {name} bought the paint for the fence
    middle
        we were six in the end | it was less than i thought | the waiter forgot the soup |
        keep the receipt for the club | that makes {amount} each | the rest goes into the tin
    request
        give it to me when we meet | it can wait until {day} | next time is on you |
        put it in the envelope at work | tell me if i got it wrong | coffee and we are even

work
    opening
        can you take my shift on {day} | the meeting moved to {time} |
        the boss liked your slides | {name} is ill today | the new plan hangs by the door |
        i am running late
    middle
        the bus is stuck again | only four of us are in | the customer wants another look |
        i have a dentist at {time} | there is cake in the kitchen |
        the heating in the office is off
    request
        i will do yours next week | start without me | please print ten copies | tell the others |
        see you in room two | bring the blue folder

lunch
    opening
        how about lunch at {time} | i am in town on {day} | the soup at the corner is good today |
        we are going to the lake | do you feel like a walk | the new place by {place} has opened
    middle
        the sun is out at last | {name} is coming too | they have the best bread |
        i have not seen you in weeks | it is only ten minutes from you | we can sit outside
    request
        shall i book a table | meet me at the bridge | are you free | take your swimming things |
        say when suits you | i wait at the station at {time}
"""
"""A kind, then its three parts, as in the grammar of spam."""
