"""The life of shifts, told by chat under a frozen clock: reminded, taken over, missed, handed over, swapped, checked."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from assistant.desk import callwork
from assistant.duty import LOCAL, Roster, Shift, SpotCheck, Swap
from assistant.events import Case, utc
from assistant.people import Role
from assistant.rules import Rules, load_rules
from assistant.store import keep_roster
from assistant.store.duty import on_duty, person_named
from tests.world import TOWN, Handset, World

pytestmark = pytest.mark.ledger

COUNTY = TOWN.rpartition("/")[0]
RULES = load_rules()
MONDAY = date(2026, 7, 6)
TUESDAY = date(2026, 7, 7)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL).astimezone(UTC)


class Office:
    """A township's duty office in the world, with a roster of one person a day."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.now = at(MONDAY - timedelta(days=2), 9)
        self.zhang, self.li, self.wang = (world.phone(name, Role.DUTY, TOWN) for name in ("张示例", "李示例", "王示例"))
        self.leader = world.phone("冯带班", Role.LEADER, TOWN)
        self.director = world.phone("孙主任", Role.DIRECTOR, TOWN)
        self.county = world.phone("县值班", Role.DUTY, COUNTY)

    def roster(self, day: date, staff: str, leader: str = "冯带班", deputy: str = "") -> None:
        with self.world.store.work(self.world.now) as work:
            roster = Roster(TOWN, day, "示例镇应急办", leader, deputy, (staff,), room_phone="12300000000")
            keep_roster(work, roster, RULES)

    def until(self, moment: datetime) -> None:
        """Let time pass, the clock looking every half hour, and every five minutes towards the end."""
        world = self.world
        while world.now < moment:
            is_near = moment - world.now <= timedelta(minutes=60)
            world.now += timedelta(minutes=5 if is_near else 30)
            world.desk.tick(world.now)
            world.look()

    def stops_until(self, moment: datetime) -> None:
        """The program stands still and is then started again."""
        self.world.now = moment
        self.world.restart()
        self.world.desk.tick(moment)
        self.world.look()

    def cases(self, kind: type[Case]) -> list[Case]:
        with self.world.store.work(self.world.now) as work:
            return self.world._apart(work, select(kind).order_by(col(kind.number)))

    def shift(self, day: date) -> Shift:
        (found,) = [one for one in self.cases(Shift) if one.begins == at(day, 8)]
        return found

    def kinds(self, number: str) -> list[str]:
        return [event.kind for event in self.world.events(number)]

    def on(self, moment: datetime) -> list[str]:
        """Return who is on duty at a moment."""
        with self.world.store.work(moment) as work:
            return [person.name for person in on_duty(work, TOWN)]

    def rederives(self) -> None:
        """Compare every case with the fold of its events."""
        for kind in (Shift, Swap, SpotCheck):
            for case in self.cases(kind):
                again = kind.rederive(self.world.events(case.number))
                assert bare(again) == bare(case)


def bare(case: Case) -> dict[str, object]:
    fields = case.model_dump()
    return {name: one.replace(tzinfo=None) if isinstance(one, datetime) else one for name, one in fields.items()}


@pytest.fixture
def office(world: World) -> Office:
    made = Office(world)
    yield made
    made.rederives()


def start(office: Office, *, is_followed: bool = False) -> None:
    """Half an hour before Monday's shift, which everybody has been reminded of; is_followed: Tuesday has its roster."""
    office.roster(MONDAY, "张示例")
    if is_followed:
        office.roster(TUESDAY, "李示例")
    office.until(at(MONDAY, 7, 30))
    office.world.heard()


def takes(person: Handset) -> str:
    return person.says("接班")


def test_everybody_on_a_shift_is_reminded_a_day_and_an_hour_before_with_all_they_need(office: Office):
    office.roster(MONDAY, "张示例", deputy="王示例")
    office.until(at(MONDAY - timedelta(days=1), 7, 55))
    assert office.world.heard() == {}
    office.until(at(MONDAY - timedelta(days=1), 8))
    heard = office.world.heard()
    assert set(heard) == {"张示例", "冯带班", "王示例"}
    (text,) = heard["张示例"]
    assert "7月6日（周一）08:00到7月7日（周二）08:00" in text and "您是值班员" in text and "12300000000" in text
    assert "带班领导冯带班" in text and "副班（备班）王示例" in text and "值班员张示例" not in text
    assert office.zhang.says("收到") == "记下了，您知道了。到时候人到了，请回复“接班”。"
    office.until(at(MONDAY, 6, 55))
    assert office.world.heard() == {}
    office.until(at(MONDAY, 7))
    assert {name: len(texts) for name, texts in office.world.heard().items()} == {"张示例": 1, "冯带班": 1, "王示例": 1}
    assert office.kinds(office.shift(MONDAY).number) == ["planned", "reminded", "acknowledged", "reminded"]


def test_a_take_over_in_time_is_noted_and_nobody_else_hears_of_it(office: Office):
    start(office)
    assert takes(office.zhang) == "接班记下了：示例镇应急办，今天07:30。"
    office.until(at(MONDAY, 12))
    shift = office.shift(MONDAY)
    assert shift.state == "on_duty" and shift.taken_by is not None and not shift.is_late


def test_who_never_answers_is_named_to_leader_then_director_then_county(office: Office):
    start(office)
    office.until(at(MONDAY, 8, 10))
    assert office.world.heard() == {}
    office.until(at(MONDAY, 8, 15))
    heard = office.world.heard()
    assert set(heard) == {"张示例", "冯带班"}
    assert "【请马上接班】" in heard["张示例"][0] and "张示例还没有接班" in heard["冯带班"][0]
    office.until(at(MONDAY, 8, 30))
    assert set(office.world.heard()) == {"孙主任"}
    office.until(at(MONDAY, 8, 45))
    assert set(office.world.heard()) == {"县值班"}
    office.until(at(MONDAY, 12))
    assert office.world.heard() == {}
    said = takes(office.zhang)
    assert "晚了4小时，按实际时间记的" in said
    heard = office.world.heard()
    assert set(heard) == {"冯带班", "孙主任", "县值班"} and "张示例今天12:00接班了" in heard["冯带班"][0]
    assert office.shift(MONDAY).is_late


def test_the_deputy_who_comes_fills_the_gap(office: Office):
    office.roster(MONDAY, "张示例", deputy="王示例")
    office.until(at(MONDAY, 8, 20))
    assert set(office.world.heard()) == {"张示例", "冯带班", "王示例"}
    takes(office.wang)
    assert "王示例今天08:20接班了" in office.leader.hears()[0]
    office.until(at(MONDAY, 10))
    assert office.world.heard() == {} and office.shift(MONDAY).state == "on_duty"


def test_the_same_tick_twice_does_nothing(office: Office):
    start(office)
    office.until(at(MONDAY, 8, 15))
    office.world.heard()
    before = {case.number: case.version for case in office.cases(Shift)}
    for _ in range(3):
        office.world.desk.tick(office.world.now)
        office.world.look()
    assert office.world.heard() == {}
    assert {case.number: case.version for case in office.cases(Shift)} == before


def test_after_six_hours_stop_stale_reminders_are_skipped_and_noted_and_a_missed_take_over_still_climbs(office: Office):
    office.roster(MONDAY, "张示例")
    office.roster(TUESDAY, "李示例")
    office.until(at(MONDAY, 6))
    office.world.heard()
    office.stops_until(at(MONDAY, 12))
    heard = office.world.heard()
    number = office.shift(MONDAY).number
    assert office.kinds(number) == ["planned", "reminded", "reminder_skipped", "missed"]
    assert "到现在过了4小时，张示例还没有接班" in heard["冯带班"][0]
    assert heard["张示例"] == [
        "【请马上接班】示例镇应急办的班今天08:00已经开始，还没有收到您接班。人到了请马上回复“接班”；来不了请马上告诉带班领导。"
    ]
    assert heard["李示例"][0].startswith("【值班提醒】")  # tomorrow's is still of use
    office.until(at(MONDAY, 12, 15))
    assert set(office.world.heard()) == {"孙主任"}
    office.world.restart()
    office.until(at(MONDAY, 12, 30))
    assert set(office.world.heard()) == {"县值班"}


def test_a_hand_over_with_an_open_incident_is_signed_read_and_confirmed_across_a_restart(office: Office):
    start(office, is_followed=True)
    takes(office.zhang)
    office.until(at(MONDAY, 20))
    office.world.heard()
    villager = office.world.phone("村民甲")
    villager.says("着火了，老粮站着火了，有人困在里面")
    office.world.heard()
    (incident,) = office.world.incidents()
    office.zhang.says("收到，马上去")
    office.world.heard()
    assert "第1条" in office.zhang.says("记一下 发电机试机正常")
    assert "第2条" in office.zhang.says("记一下：对讲机坏了一台")
    assert "天气记下了" in office.zhang.says("天气：后半夜有中雨")
    office.world.restart()
    office.until(at(TUESDAY, 7, 30))
    office.world.heard()
    draft = office.zhang.says("交班")
    assert incident.number in draft and "发电机试机正常（张示例）" in draft and "天气：后半夜有中雨" in draft
    assert "“对讲机坏了一台”" in office.zhang.says("删记2")
    changed = office.zhang.says("确认交班")
    assert changed.startswith("交接单里的情况刚才有变化") and "对讲机" not in changed
    assert "已经发给李示例" in office.zhang.says("确认交班")
    (note,) = office.li.hears()
    assert incident.number in note and "张示例今天07:30交班了" in note
    office.until(at(TUESDAY, 7, 50))
    office.world.heard()
    said = takes(office.li)
    assert "接班记下了" in said and incident.number in said and "确认接班" in said
    assert office.shift(TUESDAY).state == "taken"
    assert "从现在起由您这一班负责" in office.li.says("确认接班")
    assert "李示例07:50确认接班了" in office.zhang.hears()[0].replace("今天", "")
    first, second = office.shift(MONDAY), office.shift(TUESDAY)
    assert (first.state, second.state) == ("closed", "on_duty") and first.confirmed_by == second.taken_by
    assert "没有等您确认" in office.li.says("确认接班")


def test_a_gap_in_the_hand_over_pages_the_leader_once(office: Office):
    start(office, is_followed=True)
    takes(office.zhang)
    office.until(at(TUESDAY, 7, 50))
    office.world.heard()
    assert "上一班还没有交班" in takes(office.li)
    office.until(at(TUESDAY, 8, 30))
    heard = office.world.heard()
    assert set(heard) == {"张示例", "冯带班"} and "到现在还没有交接单" in heard["冯带班"][0]
    office.zhang.says("交班")
    office.zhang.says("确认交班")
    office.li.hears()
    office.until(at(TUESDAY, 9))
    heard = office.world.heard()
    assert set(heard) == {"李示例", "冯带班"} and "还没有确认" in heard["李示例"][0]
    office.until(at(TUESDAY, 12))
    assert office.world.heard() == {}
    office.li.says("确认接班")
    assert len(office.zhang.hears()) == 1


def test_without_a_next_shift_the_leader_is_told_that_nobody_comes(office: Office):
    office.roster(MONDAY, "张示例")
    office.until(at(MONDAY, 8))
    takes(office.zhang)
    office.until(at(TUESDAY, 8, 25))
    office.world.heard()
    office.until(at(TUESDAY, 8, 30))
    heard = office.world.heard()
    assert "值班表上没有下一班" in heard["冯带班"][0]
    office.until(at(MONDAY + timedelta(days=2), 8))
    assert office.world.heard() == {} and office.shift(MONDAY).state == "closed"


def test_a_note_cannot_be_signed_in_the_middle_of_a_shift(office: Office):
    start(office)
    takes(office.zhang)
    assert office.zhang.says("交班") == "值班表上，您现在没有要交的班。"
    office.until(at(MONDAY, 9))
    office.zhang.says("交班")
    assert "7月7日07:00以后才能交班" in office.zhang.says("确认交班")
    assert office.shift(MONDAY).state == "on_duty"


def test_a_swap_is_asked_agreed_and_told_and_the_duty_moves(office: Office):
    thursday = MONDAY + timedelta(days=3)
    office.roster(MONDAY, "张示例")
    office.roster(thursday, "李示例")
    said = office.zhang.says("我6号的班跟李示例9号的班换")
    assert "HB20260704-01" in said and "李示例替张示例值7月6日" in said and "张示例替李示例值7月9日" in said
    (asked,) = office.li.hears()
    assert "张示例想请您替班" in asked and "换您的这个班：7月9日" in asked
    assert office.on(at(MONDAY, 9))[1] == "张示例"  # nothing has changed yet
    said = office.li.says("同意换班")
    assert "值班表已经改了" in said
    heard = office.world.heard()
    assert set(heard) == {"张示例", "冯带班"} and "双方都同意了" in heard["冯带班"][0]
    assert office.on(at(MONDAY, 9))[1] == "李示例" and office.on(at(thursday, 9))[1] == "张示例"
    assert "没有等您答复" in office.li.says("同意换班")
    office.until(at(MONDAY - timedelta(days=1), 8, 5))
    assert set(office.world.heard()) == {"李示例", "冯带班"}  # who has the shift now is reminded


def test_who_first_says_yes_takes_a_shift_that_anybody_may_take(office: Office):
    office.roster(MONDAY, "张示例")
    office.roster(MONDAY + timedelta(days=3), "李示例")
    office.roster(MONDAY + timedelta(days=5), "王示例")
    assert "已经问" in office.zhang.says("周一的班谁能替我")
    assert set(office.world.heard()) == {"李示例", "王示例"}
    assert "您不换" in office.li.says("不同意换班")
    assert "值班表已经改了" in office.wang.says("同意换班")
    assert set(office.world.heard()) == {"张示例", "冯带班"}
    assert "没有等您答复" in office.li.says("同意换班")
    assert office.on(at(MONDAY, 9)) == ["冯带班", "王示例"]


def test_a_swap_that_is_declined_withdrawn_or_past_leaves_the_roster_as_it_was(office: Office):
    office.roster(MONDAY, "张示例")
    for _ in range(2):
        office.zhang.says("我想跟李示例换6号的班")
        office.li.hears()
    assert office.li.says("不同意换班") == "记下了，您不换。"
    assert "李示例不同意换班" in office.zhang.hears()[0]
    office.zhang.says("我想跟李示例换6号的班")
    assert "撤回了" in office.zhang.says("撤回换班") and len(office.li.hears()) == 2
    office.zhang.says("我想跟李示例换6号的班")
    office.li.hears()
    office.until(at(MONDAY, 7))
    heard = office.world.heard()
    assert any("到时间没有人同意" in text for text in heard["张示例"])
    assert "等您答复" in office.li.says("同意换班")
    assert [one.state for one in office.cases(Swap)] == ["declined", "withdrawn", "past"]
    assert office.on(at(MONDAY, 9))[1] == "张示例"


def test_a_swap_that_would_book_twice_or_overload_or_is_nobodys_is_refused(office: Office):
    office.roster(MONDAY, "张示例")
    office.roster(TUESDAY, "李示例")
    assert "挨得太近" in office.zhang.says("我想跟李示例换6号的班")
    assert "不能替" in office.leader.says("我想跟王示例换6号的班")
    assert "您7月8日" in office.zhang.says("我想跟李示例换8号的班")
    assert "没有找到“赵不在”" in office.zhang.says("我想跟赵不在换6号的班")
    assert office.cases(Swap) == []


def test_a_spot_check_is_answered_with_its_code_or_told_to_the_leader(office: Office):
    start(office)
    takes(office.zhang)
    office.until(at(MONDAY, 10))
    office.world.heard()
    assert "查岗已经发出：张示例" in office.leader.says("查岗")
    code = re.search(r"(\d{4})$", office.zhang.hears()[0])[1]
    wrong = f"{9999 - int(code) % 8000:04d}"
    assert "数字不对" in office.zhang.says(wrong)
    assert "按时应答" in office.zhang.says(code)
    office.leader.says("查岗")
    code = re.search(r"(\d{4})$", office.zhang.hears()[0])[1]
    office.until(at(MONDAY, 10, 15))
    assert "【查岗没有应答】张示例" in office.leader.hears()[0]
    assert "晚了5分钟" in office.zhang.says(code)
    assert "【查岗补应答】张示例" in office.leader.hears()[0]
    report = office.director.says("查岗情况")
    assert "查岗2次：按时应答1，晚答1" in report
    assert [one.state for one in office.cases(SpotCheck)] == ["answered", "late"]


def test_nobody_but_leaders_checks_and_a_villagers_words_start_nothing(office: Office):
    start(office)
    takes(office.zhang)
    villager = office.world.phone("村民甲")
    for said in ("查岗", "接班", "交班", "确认接班", "同意换班", "记一下 水管爆了", "4831", "到岗"):
        villager.says(said)
    office.zhang.says("查岗")
    heard = office.world.heard()
    assert not any("查岗" in text or "接班" in text for texts in heard.values() for text in texts)
    assert office.cases(SpotCheck) == [] and office.cases(Swap) == []
    assert [one.state for one in office.cases(Shift)] == ["on_duty"]


@pytest.mark.slow
def test_a_week_with_a_holiday_walks_by_with_each_message_in_its_place(world: World):
    """The week of National Day 2026: three people in turn, one of them ill, one swap, a restart every night."""
    office = Office(world)
    world.now = at(date(2026, 9, 28), 9)
    days = [date(2026, 9, 30) + timedelta(days=number) for number in range(7)]
    names = ["张示例", "李示例", "王示例"]
    for number, day in enumerate(days):
        office.roster(day, names[number % 3])
    assert "休息不够" in office.zhang.says("我6号的班跟李示例4号的班换")  # the 3rd and then the 4th
    office.zhang.says("我6号的班跟王示例5号的班换")
    office.wang.says("同意换班")
    names[:] = ["张示例", "李示例", "王示例", "张示例", "李示例", "张示例", "王示例"]
    ill = days[2]
    before: Handset | None = None
    for number, day in enumerate(days):
        office.until(at(day, 7, 30))
        world.heard()
        who = world.phones[names[number]]
        if before is not None:
            before.says("交班")
            assert "已经发给" in before.says("确认交班")
        if day == ill:
            office.until(at(day, 8, 15))
            assert "王示例还没有接班" in "".join(office.leader.hears())
            office.until(at(day, 9))
        who.says("接班")
        if before is not None:
            assert "由您这一班负责" in who.says("确认接班")
        world.heard()
        before = who
        world.restart()
    office.until(at(days[-1], 12))
    world.heard()
    shifts = office.cases(Shift)
    assert [one.state for one in shifts] == ["closed"] * 6 + ["on_duty"]
    assert [one.is_late for one in shifts] == [day == ill for day in days]
    for hour in range(8, 24 * 7):  # walked hour by hour: somebody is on duty, and it is one of the three
        assert len(set(office.on(at(days[0], 0) + timedelta(hours=hour))) & set(names)) == 1
    office.rederives()


def test_a_shift_that_nobody_took_while_the_program_stood_still_is_told_even_after_its_end(office: Office):
    start(office)
    office.stops_until(at(TUESDAY, 9))
    assert "张示例还没有接班" in "".join(office.world.heard()["冯带班"])
    office.until(at(TUESDAY, 9, 15))
    assert set(office.world.heard()) == {"孙主任"}


def test_checks_are_drawn_by_the_clock_where_a_place_wants_them(office: Office):
    rules = Rules(
        replace(rule, value=100) if rule.id == "duty.check.share" else rule for rule in office.world.desk.rules.all()
    )
    office.world.desk.rules = rules
    start(office)
    takes(office.zhang)
    office.until(at(MONDAY, 9))
    drawn = office.shift(MONDAY).check_at
    assert drawn is not None and at(MONDAY, 8, 15) <= utc(drawn) <= at(TUESDAY, 7, 45)
    office.until(at(TUESDAY, 8, 25))
    heard = office.world.heard()
    assert sum("【查岗】" in text for text in heard["张示例"]) == 1
    assert [one.asked_by for one in office.cases(SpotCheck)] == [None]


def test_the_note_names_live_warnings_what_is_due_and_the_equipment_that_the_shift_before_wrote_down(office: Office):
    start(office, is_followed=True)
    takes(office.zhang)
    office.director.says("安排演练 7月7日 山洪演练")
    office.director.says("安排演练 8月20日 消防演练")
    assert "装备物资记下了" in office.zhang.says("装备：发电机1台，对讲机6部，都能用")
    with office.world.store.work(office.world.now) as work:
        called, within = [person_named(work.session, "冯带班")], timedelta(minutes=30)
        callwork.issue_warning(work, "暴雨橙色预警", "沿河各组", TOWN, office.world.now, within, called)
    office.until(at(MONDAY, 8, 5))
    note = office.zhang.says("交班")
    assert "三、还生效的预警（1）" in note and "还没应答：冯带班" in note
    assert "LZ20260706-01" in note and "LZ20260706-02" not in note  # the second is due in six weeks
    assert "六、装备物资：发电机1台，对讲机6部，都能用（7月6日" in note
    assert office.leader.says("收到") and "暴雨橙色预警，都应答了" in office.zhang.says("交班")
    office.until(at(TUESDAY, 8))
    office.world.heard()
    office.zhang.says("交班")
    office.zhang.says("确认交班")
    takes(office.li)
    office.li.says("确认接班")
    heard = office.world.heard()
    assert "六、装备物资：发电机1台" in heard["李示例"][0] and "交接完成" in heard["张示例"][0]
    assert "发电机1台，对讲机6部，都能用（7月6日" in office.li.says("交班")  # nobody has written it anew
    office.li.says("装备：对讲机坏了一部")
    again = office.li.says("交班")
    assert "六、装备物资：对讲机坏了一部（7月7日" in again and "发电机" not in again
    office.rederives()
