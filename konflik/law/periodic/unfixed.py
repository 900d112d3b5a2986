"""Duties whose rhythm nobody has fixed: off until a policy names it."""

from konflik.law.bodies import BodyKind
from konflik.law.grammar.basis import Article, Practice
from konflik.law.grammar.clocks import recurring
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.offices import Office

CHAIN = "gubernur, untuk diteruskan kepada Menteri Dalam Negeri"
DESK = (Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT)


def unfixed(
    code: str,
    number: str,
    title: str,
    basis: Article | Practice,
    text: str,
    *,
    body: BodyKind | None,
    to: str = CHAIN,
    quoted: bool = False,
) -> DeadlineRule:
    """A duty whose rhythm nobody has fixed: off until a policy names it."""
    return DeadlineRule(
        code=code,
        number=number,
        title=title,
        basis=basis,
        text=text,
        is_quoted=quoted,
        clock=recurring(),
        duty_of=Office.KEPALA_KESBANGPOL,
        told=(Office.SEKRETARIAT,),
        addressed_to=to,
        strength=Strength.OPEN,
        body_kind=body,
    )
