"""No diagnosis of a line supports the service by Medicare's coverage policy.

A local or national determination, or its billing article, lists the diagnoses for which the service is covered, and
those that the line points to are not among them. Look in the record for one that is; if there is none, the patient
needs an advance notice (ABN) before the service, and the line a modifier (GA, GX, GY or GZ). Where the payer names
the contractor (``payer Medicare 01112``), its policies are asked; else a policy of any contractor may support the
line.

Examples:
    professional 2025-11-03, F 67, payer Medicare 01112
    dx I10
    px 82306 -> I10    ! coverage/not_supported

    professional 2025-11-03, F 67, payer Medicare 01112
    dx I10
    dx E55.9
    px 82306 -> E55.9

    professional 2025-11-03, F 67, payer Medicare
    dx N18.31
    px 82306 -> N18.31

    professional 2025-11-03, F 67, payer Medicare 01112
    dx I10
    px 82306 -GA -> I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.needs import POLICIES
from chartcode.validate.rule import rule
from chartcode.validate.services import books_of, contractor, day_of, has, medicare, services


@rule(
    severity=WARNING,
    authority="Social Security Act, section 1862(a)(1)(A); CMS, Medicare Program Integrity Manual, chapter 13",
    url="https://www.cms.gov/medicare-coverage-database/search.aspx",
    needs=(POLICIES,),
)
def not_supported(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line that policies list codes for, none of which its diagnoses are."""
    if not medicare(case):
        return
    for line in services(case):
        book, day = books_of(line, books).coverage, day_of(line, books)
        if book is None or has(line, *books.parameters["modifiers.notice"]):
            continue
        reasons = line.pointers or case.diagnosis_codes
        policies = book.policies(line.code.value, day, contractor(case))
        said = {policy.id: [book.supports(policy, code) for code in reasons] for policy in policies}
        listed = {number: any(answers) for number, answers in said.items() if any(a is not None for a in answers)}
        if listed and not any(listed.values()):
            ask = Remedy("ask", (line.code,), say="look for a covered diagnosis, or for an advance notice (ABN)")
            yield Finding(
                f"{line.code} is not supported by its diagnoses under {', '.join(sorted(listed))}", (line,), ask
            )
