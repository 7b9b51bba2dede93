"""What unwanted messages say: seven kinds, each with its three parts, and six phrases for each."""

SPAM = """
prize
    opening
        you have won our weekly draw | your number was picked as a winner |
        congratulations, a prize is waiting for you | our computer has chosen you today |
        you are the lucky visitor of the week | we tried to reach you about your gift
    middle
        the prize is a voucher of {amount} | a new phone has been set aside for you |
        you may keep {amount} free of tax | your free holiday is ready |
        the gift is worth {amount} | only three winners are left
    request
        claim it before {day} at {link} | send your address and card number to collect |
        reply with your full name and bank | pay the small handling fee to receive it |
        confirm your details at {link} | call the claim line now

account
    opening
        your account has been limited | we noticed a sign in from another country |
        your card will be blocked on {day} | our records show an unusual payment |
        your mailbox is almost closed | the security of your bank has changed
    middle
        for your safety we stopped all payments | this happens when details are out of date |
        without a check it stays closed | someone tried to withdraw {amount} |
        we regret any trouble this may cause | the new rules apply to all customers
    request
        reply with your password to keep it | sign in at {link} to restore access |
        kindly send us the code from your card | verify your identity at {link} |
        please confirm your pin by return | enter your old and new password at {link}

delivery
    opening
        your parcel could not be delivered | a package is held at our depot |
        the courier came and nobody was home | your order is waiting at customs |
        we have an item with your name | delivery failed for the second time
    middle
        a customs charge of {amount} is open | the label was damaged |
        storage is only paid until {day} | the address on it is not complete |
        the sender did not cover the postage | it will be returned after two days
    request
        pay the charge at {link} | settle the fee with your card |
        update your address and card at {link} | transfer {amount} to release it |
        download our app from {link} to choose a time | give us your card number for a new attempt

estate
    opening
        i am the lawyer of a late relative of yours | i write to you in deep confidence |
        a client of our bank died without family | i am a widow with a great fortune |
        permit me to introduce a matter of trust | your name was found in an old will
    middle
        the sum of {amount} is yours by law | half of the estate shall be yours |
        the money rests in a foreign vault | my illness does not leave me long |
        no one else has come forward | all papers have been prepared
    request
        kindly send the details of your bank | a small advance for the notary is required |
        forward a copy of your passport | let this remain between us and reply soon |
        wire the cost of the transfer first | state your account so that we may proceed

invest
    opening
        my clients double their money every month | a secret of the rich is now public |
        this coin will rise before {day} | banks do not want you to know this |
        a trader has shared his method with me | turn {amount} into a fortune
    middle
        there is no risk at all | our robot trades while you sleep | only a few places are left |
        thousands earn from home already | the profit is certain | last week it paid {amount}
    request
        open your wallet at {link} | start with a deposit of {amount} |
        write to me for the group | invest today and thank me later | join the channel at {link} |
        move your savings before it closes

job
    opening
        earn {amount} a day from your sofa | we looked at your profile and are impressed |
        a company seeks people like you | part time helpers are wanted |
        your application was accepted at once | be your own boss from {day}
    middle
        no experience is needed | you only like videos on your phone | the pay comes daily |
        work one hour in the evening | training is free of charge |
        you keep a tenth of every transfer
    request
        text yes to this number | send a photo of your passport to begin |
        pay for the starter kit at {link} | receive money for us and pass it on |
        register at {link} with your card | message our manager on the app

favour
    opening
        hi mum, this is my new number | it is me, my phone fell into water |
        i am abroad and lost my bag | dear friend, i need a quiet favour |
        i cannot talk, i am in a meeting | sorry to trouble you, it is urgent
    middle
        my bank app does not work here | the hotel keeps my passport |
        a bill must be paid tonight | i will explain everything later | nobody else can help me |
        i am so ashamed of this
    request
        could you send {amount} to this account | buy gift cards and text me the codes |
        please pay it for me and i pay back {day} | do not call, just transfer the money |
        can you lend me {amount} by {time} | send me the code that you will get
"""
"""A kind, then its three parts: one phrase of each makes a message."""
