"""Whether an Authentication-Results header vouches for a sender, and who may write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.email.grade import grade

ANA = "ana@example.com"
OURS = ["mx.example.org"]


@pytest.mark.parametrize(
    "said",
    [
        "mx.example.org; dmarc=pass header.from=example.com",
        "mx.example.org 1; dmarc=pass (p=reject; dis=none) header.from=example.com; spf=fail",
        "MX.Example.org; dkim=pass header.d=example.com header.s=s; spf=fail",
        "mx.example.org; dkim=pass header.i=@example.com",
        "mx.example.org; dkim=fail header.d=example.com; dkim=pass header.d=mail.example.com",
        "mx.example.org; spf=pass smtp.mailfrom=bounce@mail.example.com",
        "mx.example.org;spf = pass smtp.mailfrom = example.com",
        'mx.example.org; spf=pass smtp.mailfrom="odd one"@example.com',
    ],
)
def test_e15_an_aligned_pass_of_our_server_vouches(said: str) -> None:
    assert grade([said], ANA, OURS)


@pytest.mark.parametrize(
    "said",
    [
        "mx.example.org; none",
        "mx.example.org",
        "",
        "mx.example.org; dmarc=fail header.from=example.com; dkim=pass header.d=example.com",
        "mx.example.org; dmarc=pass header.from=example.net",
        "mx.example.org; dkim=pass header.d=example.net",
        "mx.example.org; dkim=pass header.d=badexample.com",
        "mx.example.org; dkim=pass header.d=com",
        "mx.example.org; spf=pass smtp.helo=example.com",
        "mx.example.org; spf=softfail smtp.mailfrom=example.com",
        "mx.example.org; (dmarc=pass header.from=example.com)",
        "mx.example.org; (a (b) dmarc=pass) spf=none",
        'mx.example.org; spf=pass smtp.mailfrom="example.com"@example.net',
        'mx.example.org; spf=pass smtp.mailfrom="x; dmarc=pass"@example.net',
        "mx.example.net; dmarc=pass header.from=example.com",
        "spf=pass smtp.mailfrom=example.com",
        "x-mx.example.org; dmarc=pass",
    ],
)
def test_e15_anything_less_vouches_for_nobody(said: str) -> None:
    assert not grade([said], ANA, OURS)


def test_e15_only_the_topmost_header_of_our_server_counts() -> None:
    good, bad = "mx.example.org; dmarc=pass", "mx.example.org; dmarc=fail"
    assert not grade([bad, good], ANA, OURS)
    assert grade([good, bad], ANA, OURS)
    assert grade(["elsewhere.example; dmarc=fail", good], ANA, OURS)


def test_the_form_of_microsoft_365_counts_only_where_it_is_admitted() -> None:
    said = (
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=pass (signature was "
        "verified) header.d=example.com;dmarc=pass action=none header.from=example.com;"
        "compauth=pass reason=100"
    )
    assert grade([said], ANA, [""])
    assert not grade([said], ANA, OURS)
    assert not grade([said], "ana@example.net", [""])


def test_nobody_is_trusted_when_no_server_is() -> None:
    assert not grade(["mx.example.org; dmarc=pass"], ANA, [])
    assert not grade(["; dmarc=pass"], ANA, OURS)
    assert not grade(["mx.example.org; dmarc=pass"], "", OURS)


@given(
    st.lists(st.text(st.sampled_from('abm=;()"\\ .@/-dkimspfpass'), max_size=80), max_size=3),
    st.text(max_size=20),
)
def test_a_header_of_any_kind_never_raises(said: list[str], address: str) -> None:
    assert not grade(said, address, ["trusted.example"])
    assert isinstance(grade([f"trusted.example; {each}" for each in said], address, OURS), bool)
