"""Schemathesis sends one command's id again and again, which is refused as a repetition: each well-formed one is made fresh."""

import uuid

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    key = (case.headers or {}).get("Idempotency-Key")
    try:
        fine = isinstance(key, str) and str(uuid.UUID(key)) == key
    except ValueError:
        fine = False
    if fine:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
