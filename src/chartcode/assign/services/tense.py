"""What a sentence says of a service: that it was done, is to come, was elsewhere or before, or was not done."""

from __future__ import annotations

import re

PLANNED = re.compile(
    r"\b(?:will (?:be|need|have|undergo|require|likely|probably|return|get|obtain|check|order|do|give|start|proceed|also)|we'?ll|would"
    r"|may (?:need|require|be|consider)|might|should (?:be|have|undergo|he|she|return|get)|plan(?:s|ned|ning)? (?:to|for|on|is)|schedul\w+"
    r"|recommend\w*|consider\w*|candidate|needs? (?:an?|to|for)|await\w*|pending|discuss\w*|offer\w*|refus\w+|declin\w+|defer\w+|instead of"
    r"|risks?,? (?:of|and|include)|consent\w* (?:for|to)|correlat\w+ with|slip\b|requisition|booked for|documented by|elsewhere|outside (?:hospital|facility|clinic|office)|postmortem|could (?:be )?(?:done|performed|obtained|considered|help)|if (?:it is |they are )?(?:clinically )?(?:indicated|needed|warranted|desired|necessary)|(?:he|she|patient|mother|father) (?:reports?|states?|says|checks?)|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2},? (?:19|20)\d\d|(?:has|have) (?:also |previously )?(?:had|undergone)\b|refer\w* (?:for|to|him|her)|to undergo|evaluat\w+ for|possib(?:le|ility)|unsuccessful"
    r"|cancel\w*|contraindicat\w+|follow[- ]?up (?:for|with)|return (?:for|to)|repeat (?:in|at)|next (?:visit|week|month)|order(?:ed|s)? (?:for|today)|if (?:he|she|the|not|no|there|symptoms|pain)"
    r"|(?<!went on )\bto (?:have|get|obtain|arrange|proceed|evaluate|continue)|(?:i|we) (?:have |will )?order(?:ed)?|as necessary|(?:was|were) ordered|brings in|brought in|outside (?:films|imaging|x-rays?|records)|since (?:he|she) was last|told me|at home|previous\w*|in (?:19|20)\d\d|years? ago|months? ago|last (?:week|month|year|visit)|in the past|history of|status post|s/p|prior)\b",
)
DONE = re.compile(
    r"\b(?:underwent|perform\w*|was (?:then |also )?(?:taken|placed|inserted|intubated|done|started|put|given|removed|applied|obtained|injected|irrigated|cleaned"
    r"|administered|infused|drawn|collected|tested|scored|closed|sutured|splinted|repaired|reduced|debrided|trimmed|used|drained|incised|anesthetized|infiltrated|excised|treated|dispensed|fitted|cauterized|frozen)"
    r"|were (?:placed|performed|taken|done|removed|given|infused|drawn|tested|obtained|closed|irrigated|applied|trimmed|debrided|treated|repaired|cauterized|sutured)"
    r"|we (?:did|gave|placed|obtained|injected|performed|applied|then gave|put|used|removed|drained|closed|got|started|repaired)|i (?:did|gave|placed|injected|performed|applied|removed|drained|closed|repaired|put|debrided|trimmed)"
    r"|did (?:get|an?|obtain|do|perform)|received?|receives|given|gave|obtains|obtained|administered|injected|today|in (?:the|our) (?:office|clinic|emergency)"
    r"|show(?:s|ed|ing)|reveal\w*|demonstrat\w+|accomplished|successful\w*|interpret\w+|done|consultation|instruct\w+|explained|counsel\w+)\b",
)
NOT_DONE = re.compile(
    r"\bdid not \w+(?: \w+)?|\b[\w-]+ (?:was|were|is|are) not (?:given|done|performed|obtained|recorded|measured|tested|attempted|reached|used)",
    re.IGNORECASE,
)
OF_A_TEST = re.compile(r"\bnegative$|^(?:tests?|testing|screen\w*|panels?|swabs?|vaccin\w*|shots?)$", re.IGNORECASE)
"""Words that deny or suppose a disease, and say nothing of the test for it or the vaccine against it."""
