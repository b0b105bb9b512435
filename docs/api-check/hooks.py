"""What Schemathesis can't know of this API.

It sends one command's id again and again, which is refused as a repetition: each well-formed one is made fresh. And it waits for the
end of an answer, which `/api/live` has none of: its first message is taken as the whole.
"""

import uuid

import schemathesis


def first_message(response, **_):
    """Reads a live feed up to the empty line that ends its first message, and hangs up."""
    if "text/event-stream" not in response.headers.get("content-type", ""):
        return
    read = b""
    for part in response.iter_content(chunk_size=1):
        read += part
        if read.endswith(b"\n\n"):
            break
    response._content = read
    response._content_consumed = True
    response.close()


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.path == "/api/live":
        kwargs["hooks"] = {"response": first_message}
    key = (case.headers or {}).get("Idempotency-Key")
    try:
        fine = isinstance(key, str) and str(uuid.UUID(key)) == key
    except ValueError:
        fine = False
    if fine:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
