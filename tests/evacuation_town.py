"""Three villages with their household rolls, helpers and a shelter; all of them invented (示例)."""

from datetime import timedelta

from sqlmodel import Session, select

from assistant.desk import callwork, evacuationwork
from assistant.evacuation import Household, Transfer, Wave, sum_of
from assistant.events import Event
from assistant.people import Place, Role
from assistant.store.duty import person_named
from tests.world import TOWN, VILLAGE, Handset, World

DOWN, PINE = f"{TOWN}/下河村", f"{TOWN}/松岭村"
HOMES = (
    # region, head, known_as, members, vulnerable, helper, backup, shelter
    (f"{VILLAGE}/一组", "马国强", "马老三", 4, "", "李网格", "赵副手", "上河小学"),
    (f"{VILLAGE}/一组", "王桂英", "王奶奶", 1, "elder_alone", "李网格", "赵副手", "上河小学"),
    (f"{VILLAGE}/二组", "李四", "", 3, "child", "李网格", "赵副手", "上河小学"),
    (f"{VILLAGE}/桥头组", "周国平", "", 4, "", "李网格", "赵副手", "上河小学"),
    (f"{VILLAGE}/三组", "周大明", "", 2, "elder", "李网格", "赵副手", "上河小学"),
    (f"{DOWN}/一组", "杨六", "", 5, "sick", "吴网格", "", "下河村委会"),
    (f"{DOWN}/二组", "何七", "", 3, "", "吴网格", "", "下河村委会"),
)


class Evacuation:
    """A night in the township: phones, rolls, and a warning."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.duty = world.phone("钱值班", Role.DUTY, TOWN)
        self.leader = world.phone("孙镇长", Role.LEADER, TOWN)
        self.helper = world.phone("李网格", Role.GRID, VILLAGE)
        self.deputy = world.phone("赵副手", Role.REPORTER, VILLAGE)
        self.down = world.phone("吴网格", Role.GRID, DOWN)
        self.keeper = world.phone("郑老师", None, VILLAGE)
        self.villager = world.phone("周国平", None, VILLAGE)
        self.number = ""
        with world.store.work(world.now) as work:
            people = {name: person_named(work.session, name).id for name in world.phones}
            for region in {VILLAGE, DOWN, PINE, *(home[0] for home in HOMES)}:
                work.session.add(Place(path=region, level="grid"))
            for region, head, known_as, members, weak, helper, backup, shelter in HOMES:
                work.session.add(
                    Household(
                        region=region,
                        head=head,
                        known_as=known_as,
                        phone="12300000088",
                        members=members,
                        vulnerable=weak,
                        helper_id=people[helper],
                        backup_id=people.get(backup),
                        person_id=people.get(head),
                        shelter=shelter,
                        keeper_id=people["郑老师"] if shelter == "上河小学" else None,
                    )
                )

    def starts(self, wave: Wave = Wave.ALL, *called: Handset, region: str = TOWN) -> None:
        """Relay a warning to some, and begin a wave of it."""
        with self.world.store.work(self.world.now) as work:
            people = [person_named(work.session, one.name) for one in called]
            known = (work, "暴雨红色预警", "沿河各组", region, self.world.now, timedelta(minutes=30), people)
            warning = callwork.issue_warning(*known)
            self.number = warning.number
            evacuationwork.start(work, warning, wave)
        self.world.look()

    def again(self, wave: Wave = Wave.ALL) -> None:
        """Begin a further wave of the same warning."""
        from assistant.store import warnings as stored

        with self.world.store.work(self.world.now) as work:
            evacuationwork.start(work, stored.warning(work, self.number), wave)
        self.world.look()

    def state(self, head: str) -> Transfer:
        """Return how far a household has come."""
        with self.world.store.work(self.world.now) as work:
            query = select(Transfer).join(Household, Household.id == Transfer.household).where(Household.head == head)
            found = work.session.exec(query.order_by(Transfer.number.desc())).first()
            work.session.expunge(found)
            return found

    def sum(self):
        """Return the sum of everybody, after a look whether it holds."""
        with self.world.store.work(self.world.now) as work:
            known = sum_of(work.session.exec(select(Transfer)).all())
            self.rederives(work.session)
        assert known.holds
        return known

    @staticmethod
    def rederives(session: Session) -> None:
        """Compare every transfer with the fold of its events."""
        for row in session.exec(select(Transfer)).all():
            events = session.exec(select(Event).where(Event.stream == row.number).order_by(Event.sequence)).all()
            again = Transfer.rederive(events)
            assert (again.state, again.helper, again.reason) == (row.state, row.helper, row.reason)

    def reads(self) -> dict[str, list[str]]:
        """Read what came by itself on all phones."""
        return self.world.heard()
