"""Seating a patient in one chair. Everything typed is a draft until Ctrl+Enter; Esc loses nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.age import local_date
from monitor.bodies import Patient
from monitor.errors import UsersError
from monitor.feed import LinkChanged
from monitor.outcome import Recorded
from monitor.policy_file import policy_to_payload
from ui.board.chairs import chairs_beside
from ui.board.link_pill import show_link
from ui.board.marks import ChairNumber
from ui.controller import ClinicController
from ui.fonts import Size, Weight, is_stacked
from ui.page import Page
from ui.routes import ToBoard, ToChair, ToDevice, ToOperator
from ui.seat.form import (
    Checks,
    SeatField,
    birth_date,
    draft_text,
    faults_of,
    same_person,
    seated_body,
    texts_of_draft,
)
from ui.seat.form_view import FormView
from ui.seat.others import OtherChairs
from ui.text import formats, people, seat_words
from ui.text.names import short_names
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import Ink, label

PLACE = "seat"
MARGIN_PX = 16
CARD_SIDE_PX = 24
FORM_SHARE, OTHERS_SHARE = 2, 1


class SeatPage(Page):
    """The form for `chair`, with the other chairs beside it."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch, chair: int) -> None:
        super().__init__()
        self._controller = controller
        self._chair = chair
        self._asked_twice = False
        self._heard: tuple[tuple[tuple[str, int], ...], LinkChanged | None] = ((), None)
        rule = controller.policy.entry
        limits = (rule.planned_from_minutes, rule.planned_to_minutes)
        self.form = FormView(themes, limits=controller.policy.title, minutes=limits)
        self.others = OtherChairs(controller, themes, chairs_beside(controller, chair), chair)
        self.open_line = label()
        self._draft_pill = Pill(themes, "")
        self._draft_pill.hide()
        self._monitor_pill = Pill(themes, "")
        self._back = KeyButton(themes, key="Esc", text=seat_words.to_board())
        look = ButtonLook.PRIMARY
        self._seat = KeyButton(themes, key="Ctrl Enter", text=seat_words.seat_in(chair), look=look)
        self._lay_out(themes)
        self._connect()
        draft = controller.draft(chair, PLACE)
        if draft is not None and draft.text:
            self.form.put(texts_of_draft(draft.text))
        self._refresh()

    @property
    def faults(self) -> dict[SeatField, str]:
        """What is still open."""
        return faults_of(self.form.texts(), self._checks())

    def title(self) -> str:
        """Name the page."""
        return seat_words.title()

    def subtitle(self) -> str:
        """Name the chair."""
        return seat_words.chair(self._chair)

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Name the keys of the form."""
        keys = (("Esc", seat_words.to_board()), ("Tab", seat_words.next_field()))
        return (*keys, ("Alt M", seat_words.monitor()), ("Ctrl Enter", seat_words.seat_in(self._chair)))

    def shown(self) -> None:
        """Begin where something is open."""
        first = next(iter(self.faults), SeatField.NAME)
        self.form.focus_on(first)

    def seat(self) -> None:
        """Seat the patient, or lead to what is still open."""
        faults = self.faults
        if faults:
            self.form.focus_on(next(iter(faults)))
            return
        if not self._controller.operator:
            self.asked.emit(ToOperator())
            return
        twin = self._twin()
        if twin is not None and not self._asked_twice:
            self._asked_twice = True
            self._say_open(seat_words.seat_anyway(twin), is_strong=True)
            return
        body = seated_body(
            self.form.texts(),
            self._checks(),
            chair=self._chair,
            policy=policy_to_payload(self._controller.policy),
        )
        outcome = self._controller.seat(body)
        if isinstance(outcome, Recorded):
            self._controller.keep_draft(self._chair, PLACE, "")
            self.told.emit(seat_words.seated_now(people.patient_initials(body.patient.name), self._chair))
        self.asked.emit(ToChair(self._chair))

    def _to_monitor(self) -> None:
        self.asked.emit(ToDevice(self._chair))

    def _checks(self) -> Checks:
        return Checks(
            rule=self._controller.policy.entry,
            today=local_date(self._controller.now()),
            months=seat_words.month_names(),
        )

    def _on_change(self) -> None:
        self._asked_twice = False
        self._controller.keep_draft(self._chair, PLACE, draft_text(self.form.texts()))
        self._draft_pill.show_status(seat_words.draft_kept(formats.clock_s(self._controller.now())))
        self._draft_pill.show()
        self._refresh()

    def _refresh(self) -> None:
        faults = self.faults
        for field, line in self.form.lines.items():
            line.set_fault(faults.get(field) or None)
        self._say_identity()
        self._say_arms()
        self._say_missing(faults)
        self._tick()

    def _on_chair(self, _chair: int) -> None:
        """Look again when a record grew or a link changed; live values alone wait for the second's tick."""
        clinic = self._controller.clinic
        records = tuple((each.view.session, each.view.record_length) for each in clinic.sessions())
        heard = (records, clinic.wire(self._chair).link)
        if heard != self._heard:
            self._heard = heard
            self._tick()

    def _tick(self) -> None:
        wire = self._controller.clinic.wire(self._chair)
        settings = self._controller.settings
        has_monitor = any(each.number == self._chair and bool(each.monitors) for each in settings.chairs)
        now = self._controller.now()
        show_link(self._monitor_pill, wire, now, has_monitor=has_monitor, is_empty=False)
        reason = "" if wire.link is None else wire.link.reason
        said = self._monitor_pill.accessibleName()
        self.form.monitor.say(f"{said}. {reason}" if reason else said)
        self.others.refresh()

    def _say_identity(self) -> None:
        texts = self.form.texts()
        name = " ".join(texts[SeatField.NAME].split())
        short = people.patient_initials(name)
        twin = self._twin()
        line = self.form.lines[SeatField.NAME]
        if twin is not None:
            line.set_fault(seat_words.same_patient(twin))
        line.set_hint(seat_words.shown_as(self._short_name(name)) if name else seat_words.name_hint())
        self.others.show_name(short)
        born = self.form.lines[SeatField.BIRTH_DATE]
        try:
            day = birth_date(texts[SeatField.BIRTH_DATE], self._checks())
        except UsersError:
            born.set_unit("")
            born.set_hint(seat_words.birth_hint())
            return
        born.set_unit(people.age(day.isoformat(), self._controller.now()))
        born.set_hint(seat_words.read_as(formats.calendar_date(day)))

    def _short_name(self, name: str) -> str:
        patients = {each.view.chair: each.view.patient for each in self._controller.clinic.sessions()}
        patients[self._chair] = Patient(name=name, birth_date="", clinic_number=None, allergies="")
        return short_names(patients)[self._chair]

    def _twin(self) -> int | None:
        """The chair in which the same name and birth date sit already."""
        texts = self.form.texts()
        try:
            day = birth_date(texts[SeatField.BIRTH_DATE], self._checks())
        except UsersError:
            return None
        name = texts[SeatField.NAME]
        typed = Patient(name=name, birth_date=day.isoformat(), clinic_number=None, allergies="")
        sessions = self._controller.clinic.sessions()
        return next((each.view.chair for each in sessions if same_person(each.view.patient, typed)), None)

    def _say_arms(self) -> None:
        cuff, iv = self.form.arms[SeatField.CUFF_ARM], self.form.arms[SeatField.IV_ARM]
        if not cuff.text or not iv.text:
            iv.say(seat_words.arm_hint())
        else:
            is_same = cuff.text == iv.text
            iv.say(seat_words.iv_on_cuff_arm() if is_same else seat_words.not_the_cuff_arm())

    def _say_missing(self, faults: dict[SeatField, str]) -> None:
        captions = seat_words.captions()
        missing = [
            f"{captions[field.value]}, {fault}" if fault else captions[field.value]
            for field, fault in faults.items()
        ]
        if not self._controller.operator:
            missing.append(seat_words.operator_open())
        listed = ", ".join(missing)
        text = f"{seat_words.still_open()} {listed}" if missing else seat_words.nothing_open()
        self._say_open(text, is_strong=False)

    def _say_open(self, text: str, *, is_strong: bool) -> None:
        self.open_line.setText(text)
        self.open_line.setToolTip(text)
        _strengthen(self.open_line, is_strong=is_strong)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_change)
        self._back.clicked.connect(lambda: self.asked.emit(ToBoard()))
        self._seat.clicked.connect(self.seat)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.seat)
        QShortcut(QKeySequence("Alt+M"), self).activated.connect(self._to_monitor)
        self._controller.ticked.connect(self._tick)
        self._controller.chair_changed.connect(self._on_chair)
        self._controller.operator_changed.connect(self._refresh)

    def _lay_out(self, themes: ThemeSwitch) -> None:
        heading = QVBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(label(seat_words.heading(self._chair), size=Size.TITLE, weight=Weight.BOLD))
        how = label(seat_words.how(), size=Size.NOTE, ink=Ink.SECOND)
        how.setWordWrap(is_stacked())
        heading.addWidget(how)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(ChairNumber(themes, self._chair))
        top.addLayout(heading, 1)
        top.addWidget(self._draft_pill, 0, Qt.AlignmentFlag.AlignTop)
        self.open_line.setWordWrap(True)
        self.open_line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.open_line, 1)
        bottom.addWidget(self._back)
        bottom.addWidget(self._seat)
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(CARD_SIDE_PX, MARGIN_PX, CARD_SIDE_PX, MARGIN_PX)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.form if is_stacked() else self._scrolling_form(), 1)
        column.addLayout(bottom)
        way = QBoxLayout.Direction
        both = QBoxLayout(way.TopToBottom if is_stacked() else way.LeftToRight, self)
        both.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        both.setSpacing(MARGIN_PX)
        both.addWidget(card, FORM_SHARE)
        both.addWidget(self.others, OTHERS_SHARE)

    def _scrolling_form(self) -> QScrollArea:
        """The form in an area of its own, so that what is open stays in sight below it."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.form)
        self.form.entered.connect(lambda field: area.ensureWidgetVisible(field, 0, 8))
        return area


def _strengthen(line: QLabel, *, is_strong: bool) -> None:
    face = line.font()
    face.setWeight(face.Weight.DemiBold if is_strong else face.Weight.Normal)
    line.setFont(face)
