"""The terminal's grammar: what a line means, and what a Discord client would refuse."""

import pytest
from discord import AppCommandOptionType as Kind
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.parser import Call, cursor, parse
from bot.sandbox.spec import NUMBER_LIMIT, Command, Option, OptionValue, Refused, leaves

WINDOW = (
    Option("since"),
    Option("until"),
    Option("known-by"),
    Option("by"),
    Option("chart", Kind.boolean),
    Option("limit", Kind.integer, minimum=1, maximum=25),
)
COMMANDS = [
    Command("shells", "Shells", WINDOW),
    Command("figures", "Figures", (Option("topic", required=True, description="which"), *WINDOW)),
    Command("source", "", (Option("what", required=True),)),
    Command("ask", "", (Option("question", required=True),)),
    Command("compare", "", (Option("topic", required=True), Option("by", required=True))),
    Command("claim add", "", (Option("topic", required=True), Option("low", Kind.number))),
    Command("claim edit", "", (Option("claim", required=True),)),
    Command("rate", "", (Option("unit", choices=(("Per month", "m"), ("Per year", "y"))),)),
    Command("short", "", (Option("word", required=True, minimum=2, maximum=4),)),
    Command("topics"),
]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("/shells", {}),
        ("/shells since 2024-02", {"since": "2024-02"}),
        ("/SHELLS since 2024-02", {"since": "2024-02"}),
        ("/shells since Feb 2024 until june 2024", {"since": "Feb 2024", "until": "june 2024"}),
        ("/shells since: Feb 2024  until=2025", {"since": "Feb 2024", "until": "2025"}),
        ('/shells since="Feb until June"', {"since": "Feb until June"}),
        (r'/shells by "the \"HUR\" \\"', {"by": r'the "HUR" \ '.strip()}),
        ("/shells known_by=2024", {"known-by": "2024"}),
        ("/shells since: until 2024", {"since": "until 2024"}),
        ("/shells 2024-02", {"since": "2024-02"}),
        ("/shells chart", {"chart": True}),
        ("/shells chart: no", {"chart": False}),
        ("/shells chart since 2024", {"since": "2024", "chart": True}),
        ("/shells limit 3 2024", {"since": "2024", "limit": 3}),
        ("/figures shells since 2024-02", {"topic": "shells", "since": "2024-02"}),
        ("/figures chart shells", {"topic": "shells", "chart": True}),
        ("/source dud-rate", {"what": "dud-rate"}),
        ("/source what dud-rate", {"what": "dud-rate"}),
        ("/ask how many since 2024?", {"question": "how many since 2024?"}),
        ("/ask which question is it", {"question": "which question is it"}),
        ('/ask "half" were duds', {"question": '"half" were duds'}),
        ('/ask "how many"', {"question": "how many"}),
        ("/ask https://a.b/c?d=e at 10:30: x=1", {"question": "https://a.b/c?d=e at 10:30: x=1"}),
        ("/compare shells HUR (Ukraine)", {"topic": "shells", "by": "HUR (Ukraine)"}),
        ("/claim add shells low 1.5e6", {"topic": "shells", "low": 1_500_000.0}),
        ("/rate per YEAR", {"unit": "y"}),
        ("/rate m", {"unit": "m"}),
    ],
)
def test_a_line_is_read_as_a_person_means_it(line: str, values: dict[str, OptionValue]) -> None:
    assert parse(line, COMMANDS).values == values


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/", "Type a command's name after the slash; :help lists the commands."),
        ("/shels", "There is no command “/shels”. Nearest: /shells."),
        ("/\N{ROCKET}", "There is no command “/\N{ROCKET}”. See :help."),
        ("/claim", "/claim needs one of: add, edit"),
        ("/claim ad x", "/claim needs one of: add, edit"),
        ("/figures", "/figures needs topic: which"),
        ("/figures since 2024", "/figures needs topic: which"),
        ("/shells untill: 2024", "/shells has no option “untill”. Did you mean until?"),
        ("/topics page=2", "/topics has no option “page”. It has: none"),
        ("/topics all", "/topics has no option for “all”. Its options: none."),
        ("/shells since 2024 since: 2025", "since: given twice."),
        ("/shells since", "since: a value is needed."),
        ('/ask question=""', "question: a value is needed."),
        ('/ask "how many', 'A quotation mark is not closed: “"how many”'),
        ('/ask question="how many', 'A quotation mark is not closed: “question="how many”'),
        ("/shells limit many", "limit: a whole number is needed, not “many”."),
        ("/shells limit 26", "limit: must be between 1 and 25."),
        ("/claim add x low NaN", "low: a number is needed, not “NaN”."),
        ("/claim add x low 1e300", f"low: must be between -{NUMBER_LIMIT} and {NUMBER_LIMIT}."),
        ("/shells chart: perhaps", "chart: yes or no is needed, not “perhaps”."),
        ("/rate weekly", "unit: choose one of Per month, Per year."),
        ("/short a", "word: must be at least 2 characters, not 1."),
        ("/short abcde", "word: must be at most 4 characters, not 5."),
        ("/ask " + "x" * 6001, "question: must be at most 6000 characters, not 6001."),
    ],
)
def test_what_a_client_would_refuse_gets_one_line(line: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(line, COMMANDS)
    assert str(refused.value) == message


def test_the_longest_text_that_discord_takes_passes() -> None:
    assert parse("/ask " + "x" * 6000, COMMANDS).values == {"question": "x" * 6000}


def test_commands_are_read_from_the_payload_with_their_subcommands() -> None:
    option = {"type": 4, "name": "size", "description": "how big", "min_value": 1, "required": True}
    group = {"type": 2, "name": "b", "options": [{"type": 1, "name": "c", "options": [option]}]}
    payload = {"name": "a", "options": [group, {"type": 1, "name": "d", "description": "last"}]}
    size = Option("size", Kind.integer, "how big", required=True, minimum=1)
    assert list(leaves(payload)) == [Command("a b c", "", (size,)), Command("a d", "last")]


def _value(option: Option) -> st.SearchStrategy[OptionValue]:
    if option.choices:
        return st.sampled_from([value for _, value in option.choices])
    if option.kind is Kind.boolean:
        return st.booleans()
    if option.kind is Kind.integer:
        return st.integers(int(option.minimum or 0), int(option.maximum or NUMBER_LIMIT))
    if option.kind is Kind.number:
        return st.floats(-NUMBER_LIMIT, NUMBER_LIMIT)
    longest = 60 if option.maximum is None else int(option.maximum)
    return st.text(min_size=int(option.minimum or 1), max_size=longest)


@st.composite
def calls(draw: st.DrawFn) -> Call:
    command = draw(st.sampled_from(COMMANDS))
    given_options = [o for o in command.options if o.required or draw(st.booleans())]
    return Call(command, {option.name: draw(_value(option)) for option in given_options})


@given(calls())
def test_what_a_call_is_shown_as_can_be_typed_again(call: Call) -> None:
    assert parse(str(call), COMMANDS) == call


_WORDS = [
    "shells",
    "figures",
    "claim add",
    "since",
    "since:",
    "chart",
    "limit=",
    '"',
    '\\"',
    "2024",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS)).map(" ".join)))
def test_any_line_is_read_or_refused_in_one_line(line: str) -> None:
    try:
        outcome = str(parse(f"/{line}", COMMANDS).command.path)
    except Refused as refused:
        outcome = str(refused)
    assert len(outcome.splitlines()) == 1


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS)).map(" ".join)))
def test_completion_replaces_the_end_of_any_line(line: str) -> None:
    at = cursor(f"/{line}", COMMANDS)
    assert at is None or f"/{line}".endswith(at.typed)


@pytest.mark.parametrize(
    ("line", "option", "typed"),
    [
        ("/source ", "what", ""),
        ("/source dud", "what", "dud"),
        ("/figures shells since Feb ", "since", "Feb "),
        ("/figures shells chart ", "since", ""),
        ("/topics ", None, ""),
    ],
)
def test_completion_knows_the_option_that_is_typed(
    line: str, option: str | None, typed: str
) -> None:
    at = cursor(line, COMMANDS)
    assert at is not None
    assert (at.option.name if at.option else None, at.typed) == (option, typed)
