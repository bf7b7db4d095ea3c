"""What payers' reason codes mean, in our own short words, and which of our rules look at the same thing.

The lists of claim adjustment reason codes (CARC) and remittance advice remark codes (RARC) are kept by X12 and CMS;
none of their text is here. A code without an entry is shown as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTRACT, PATIENT, OTHER_PAYER, DENIAL = "contract", "patient", "other payer", "denial"
"""What an adjustment is: written off by contract, owed by the patient, another payer's, or refused."""

_CONTRACT = ("24", "42", "44", "45", "59", "94", "103", "104", "105", "131", "137", "144", "172", "187", "223", "237",
             "253", "A2", "P12")  # fmt: skip
_PATIENT = ("1", "2", "3", "66", "85", "142", "178", "241", "247", "248", "249")
_OTHER_PAYER = ("23", "100", "101")

REASONS = {
    "1": "deductible", "2": "coinsurance", "3": "copayment",
    "4": "the modifier does not fit the service, or one is missing",
    "5": "the place of service does not fit the service", "6": "the service does not fit the patient's age",
    "7": "the service does not fit the patient's sex", "8": "the service does not fit the provider's specialty",
    "9": "the diagnosis does not fit the patient's age", "10": "the diagnosis does not fit the patient's sex",
    "11": "the diagnosis does not fit the service", "12": "the diagnosis does not fit the provider's specialty",
    "13": "the day of death is before the service", "14": "the day of birth is after the service",
    "15": "the authorization number is missing or wrong", "16": "something is missing on the claim (see the remark)",
    "18": "the same service was claimed before", "19": "an injury at work: workers' compensation pays",
    "20": "an injury that another insurance pays", "21": "no-fault insurance pays",
    "22": "another payer may come first", "23": "what another payer did with the claim",
    "24": "paid through the capitation", "26": "before coverage began", "27": "after coverage ended",
    "29": "filed too late", "31": "the patient is not known as insured", "32": "not covered as a dependent",
    "33": "the insured has no coverage for dependents", "35": "the lifetime maximum is reached",
    "39": "authorization was refused", "40": "not an emergency by the payer's rules",
    "42": "above the maximum allowed", "45": "above the fee schedule", "49": "routine or screening, not covered",
    "50": "not medically necessary by the payer's policy", "51": "a condition from before coverage",
    "54": "several physicians or assistants are not covered", "55": "held to be experimental",
    "56": "not proven effective by the payer's rules", "58": "the wrong place for the service",
    "59": "reduced as one of several procedures", "60": "outpatient near a stay",
    "61": "reduced for lack of a second opinion", "66": "blood deductible", "69": "day outlier", "70": "cost outlier",
    "78": "days not covered", "89": "professional fees taken off", "90": "ingredient cost", "94": "more than charged",
    "95": "the plan's procedures were not followed", "96": "not covered (see the remark)",
    "97": "included in another service", "102": "major medical adjustment", "104": "managed care withholding",
    "107": "the related service is not on the claim", "108": "rental or purchase rules",
    "109": "not this payer's: send it to the right one", "110": "billed before the service",
    "111": "the provider does not accept assignment", "112": "not given to the patient, or not documented",
    "114": "not approved by the FDA", "115": "the procedure was put off or stopped",
    "116": "an advance notice was bad", "117": "transport to the nearest facility only",
    "118": "end-stage renal disease network", "119": "the benefit's maximum is reached", "121": "indemnification",
    "125": "an error on the claim (see the remark)", "128": "the newborn's services are the mother's",
    "129": "what the earlier payer said is wrong", "130": "submission fee", "131": "a negotiated discount",
    "132": "a demonstration project", "133": "still under review", "134": "technical fees taken off",
    "136": "the earlier payer's rules were not followed", "137": "regulatory surcharge",
    "139": "bundled price of a consulting network", "140": "name and number do not match",
    "146": "the diagnosis was not valid on that day", "147": "the contracted rate ended",
    "148": "another provider's information is missing", "149": "the lifetime maximum of the benefit is reached",
    "150": "the record does not support this level of service", "151": "the record does not support so many",
    "152": "the record does not support so long a stay", "153": "the record does not support this dose",
    "154": "the record does not support this day's supply", "155": "the patient refused",
    "163": "an attachment did not come", "164": "an attachment came late", "165": "a referral is missing",
    "166": "administered before the payer's time", "167": "the diagnosis is not covered",
    "170": "not covered from this kind of provider", "171": "not covered from this provider in this place",
    "172": "adjusted for the provider's specialty", "173": "not ordered by a physician",
    "174": "not ordered before the service", "175": "the prescription is incomplete", "176": "the prescription is old",
    "177": "the patient is not eligible", "181": "the procedure code was not valid on that day",
    "182": "the modifier was not valid on that day", "183": "the referring provider may not refer",
    "184": "the ordering provider may not order", "185": "the rendering provider may not give this service",
    "186": "the level of care changed", "188": "not used as approved", "189": "an unlisted code where one exists",
    "190": "included in the skilled nursing stay", "192": "not a standard code", "193": "the first decision stands",
    "194": "anesthesia by the operating physician", "197": "authorization is missing",
    "198": "more than was authorized", "199": "revenue code and procedure do not fit", "200": "coverage had lapsed",
    "201": "workers' compensation settlement", "202": "not acknowledged as covered",
    "204": "not in the patient's plan", "206": "an NPI is missing", "207": "an NPI is not valid",
    "208": "an NPI does not match", "209": "not billable to the patient", "210": "authorization came late",
    "213": "self-referral", "215": "third-party settlement", "216": "a review decided", "219": "extent of injury",
    "222": "more than the provider's contract allows", "223": "a mandate not otherwise named",
    "226": "information asked of the provider did not come", "227": "information asked of the patient did not come",
    "231": "the two cannot be done on one day", "233": "a hospital-acquired condition",
    "234": "not paid apart from its procedure", "236": "the pair is barred by NCCI", "237": "a regulatory penalty",
    "239": "two years or coverage spans on one claim", "240": "the diagnosis does not fit the birth weight",
    "242": "not from a network provider", "243": "not authorized by the network", "246": "for reporting only",
    "250": "the attachment is not what was asked for", "251": "the attachment is incomplete",
    "252": "an attachment is needed (see the remark)", "253": "sequestration", "256": "not payable by the contract",
    "258": "in custody", "267": "several days on one line", "270": "send it to the dental plan",
    "272": "coverage guidelines not met", "273": "coverage guidelines exceeded", "276": "refused by the earlier payer",
    "279": "not from a preferred provider", "288": "a referral is missing", "A1": "refused (see the remark)",
    "A6": "the prior stay is missing", "A8": "the DRG cannot be made", "B1": "not a covered visit",
    "B5": "guidelines not met or exceeded", "B7": "the provider was not certified that day",
    "B8": "another service would have done", "B9": "the patient is in hospice", "B10": "a part was paid to another",
    "B11": "sent on to the right payer", "B12": "the record does not show it", "B13": "paid before",
    "B14": "one visit a day is covered", "B15": "a service that goes with it was not approved",
    "B16": "not a new patient", "B20": "another provider gave it", "B22": "adjusted for the diagnosis",
    "B23": "a proficiency test failed",
}  # fmt: skip
"""Claim adjustment reason codes -> our words."""

REMARKS = {
    "M15": "included in the other service", "M20": "the HCPCS code is missing or wrong",
    "M25": "the record does not support the level", "M27": "the provider bears it",
    "M44": "the condition code is wrong", "M49": "the value code is wrong", "M50": "the revenue code is wrong",
    "M51": "the procedure code is wrong", "M52": "the first day is wrong", "M53": "the units are wrong",
    "M54": "the charge is wrong", "M56": "the payer's number is wrong", "M59": "the last day is wrong",
    "M60": "a certificate of necessity is missing", "M62": "the authorization code is wrong",
    "M64": "another diagnosis is wrong", "M76": "the diagnosis is wrong or missing",
    "M77": "the place of service is wrong", "M79": "the charge is missing",
    "M80": "not on the same day as another service", "M81": "code to the highest specificity",
    "M86": "paid already within the benefit", "M97": "not paid to a practitioner here",
    "M115": "not given by a contracted supplier", "M119": "the NDC is wrong or missing",
    "M127": "the record is missing", "M144": "care before or after surgery is in the surgery's price",
    "MA04": "the first payer's decision is missing", "MA07": "sent on to Medicaid",
    "MA18": "sent on to the supplemental insurer", "MA30": "the type of bill is wrong",
    "MA36": "the patient's name is wrong", "MA39": "the patient's sex is wrong", "MA40": "the admission day is wrong",
    "MA41": "the admission type is wrong", "MA43": "the patient's status is wrong",
    "MA61": "the insured's number is wrong", "MA63": "the principal diagnosis is wrong",
    "MA65": "the admitting diagnosis is wrong", "MA66": "the principal procedure is wrong",
    "MA130": "cannot be processed; correct and send it anew, no appeal", "N4": "the other payer's answer is missing",
    "N19": "incidental to the main procedure", "N20": "not with the other service of the day",
    "N29": "documents are missing", "N30": "the patient is not eligible",
    "N56": "the code does not fit the service or day", "N95": "not this kind of provider",
    "N115": "decided by a local coverage determination", "N130": "see the plan's benefits",
    "N180": "the item does not meet the plan's criteria", "N290": "the rendering provider's number is wrong",
    "N362": "more units than can be", "N386": "decided by a national coverage determination",
    "N382": "the patient's identifier is wrong", "N425": "excluded by law", "N428": "not in this place",
    "N430": "the procedure does not fit the units", "N519": "a modifier for the combination is wrong",
    "N522": "a duplicate of one under way", "N569": "not with the other service", "N657": "code it as it should be",
    "N706": "documents are missing", "N822": "a modifier is missing", "N823": "a modifier is wrong",
}  # fmt: skip
"""Remittance advice remark codes -> our words."""

_RULES: dict[str, tuple[str, ...]] = {
    "4": ("cpt/", "hcpcs/", "ncci/pair_without_modifier"), "6": ("mce/age", "cpt/preventive_age"), "7": ("mce/sex",),
    "9": ("mce/age",), "10": ("mce/sex",), "11": ("coverage/", "claim/pointer"), "16": ("claim/",),
    "18": ("claim/duplicate_line",), "49": ("coverage/",), "50": ("coverage/", "evidence/"),
    "54": ("cpt/assistant", "cpt/team", "cpt/cosurgeon"),
    "97": ("ncci/pair", "cpt/bundled", "cpt/visit_in_global", "cpt/procedure_in_global"),
    "107": ("ncci/addon_without_primary",), "125": ("claim/",),
    "146": ("icd10cm/not_in_force", "icd10cm/no_such_code", "icd10cm/not_full_length"),
    "150": ("evidence/visit", "clinical/"), "151": ("ncci/units",), "167": ("coverage/",),
    "181": ("cpt/", "hcpcs/", "icd10pcs/"), "182": ("hcpcs/", "cpt/"), "222": ("ncci/units",), "231": ("ncci/pair",),
    "234": ("cpt/bundled", "ncci/pair"), "236": ("ncci/pair",), "272": ("coverage/",),
    "273": ("coverage/", "ncci/units"), "B5": ("coverage/",), "B12": ("evidence/",),
    "B16": ("cpt/visit_number", "evidence/visit"), "96": ("coverage/", "cpt/not_covered"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """What an adjustment means: one of the four kinds, our words, the beginnings of the ids of our rules for it."""

    kind: str
    words: str
    rules: tuple[str, ...] = ()


def reason(group: str, code: str) -> Reason:
    """Return what a group code and a reason code (CARC) mean together."""
    words = REASONS.get(code, "")
    if (group == "PR" and (code in _PATIENT or code not in REASONS)) or code in _PATIENT:
        kind = PATIENT
    elif code in _OTHER_PAYER:
        kind = OTHER_PAYER
    elif code in _CONTRACT:
        kind = CONTRACT
    else:
        kind = DENIAL
    return Reason(kind, words, _RULES.get(code, ()))
