"""The strategy assistant."""

from __future__ import annotations

import streamlit as st

from core.assistant import service as memory
from core.documents import search as finding
from core.documents import several
from core.documents.answers.suggestions import suggested_questions
from core.errors import CexunError
from core.instance import instance
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import empty, page_header
from pages.shared.text import _, literal
from pages.strategy.parts.answers import Around, show_exchange, show_question, stream_answer
from pages.strategy.parts.conversations import choose_conversation, current_conversation, earlier_exchanges, stand_at
from pages.strategy.parts.unanswered import ask_again, asking, unanswered
from pages.strategy.parts.working import working

EARLIER = 6
SUGGESTED = 5

page_header("assistant")
person = state.present()
if person.plan_id is None:
    said = _("请先在左侧选择年度计划，还没有就先新建一个。对话会保存在它下面。")
    empty(said, icon=":material/calendar_month:", to="plans", label=_("打开年度计划"))
    st.stop()

with reading() as db:
    conversations = memory.conversations(db, person.actor, person.plan_id)
    chosen = current_conversation(conversations, memory.left_open(db, person.actor, person.plan_id))
    exchanges = memory.exchanges(db, person.actor, chosen.id) if chosen and chosen.id else []
    waiting = memory.unanswered(db, person.actor, chosen.id) if chosen and chosen.id else []
    headings = [] if exchanges else finding.headings(db, person.actor)
    titles = [] if exchanges else finding.titles(db, person.actor)
    being_read = several.being_read(db, person.actor)
    around = Around(person, memory.kept_places(db, person.actor, person.plan_id), several.sample_ids(db))

choose_conversation(person.actor, conversations, chosen)
if not titles and not exchanges and not waiting:
    said = _("文件读完就可以在这里提问。") if being_read else _("文件库里还没有读入的文件，助手无从回答。")
    empty(said, icon=":material/library_books:", to="library", label=_("打开文件库"))
    working(person.actor, being_read)
    st.stop()

for exchange in earlier_exchanges(chosen, exchanges):
    show_exchange(around, exchange)

typed = st.chat_input(_("向文件提问，例如：2027年零售客户经理要达到什么要求？"), submit_mode="stop", max_chars=1000, key="ask")
again = ask_again()
question = typed or (again.question if again else None)
suggestions = st.empty()
if not exchanges and not question and not waiting:
    with suggestions.container():
        st.caption(_("可以先问这些（取自文件库的标题）"))
        proposed = suggested_questions(headings, titles, state.language(), SUGGESTED)
        question = st.pills(
            _("建议的问题"), proposed, label_visibility="collapsed", key=f"suggested_{len(conversations)}", format_func=literal, wrap=True
        )
unanswered([one for one in waiting if again is None or one.turn_id != again.turn_id])
if not question:
    st.stop()

suggestions.empty()
show_question(question)
try:
    begun = again
    if begun is None:
        with instance().database.writing() as db:
            begun = memory.begin(db, person.actor, person.plan_id, chosen.id if chosen else None, question)
    asking(begun)
    stand_at(begun.conversation_id)
    asked, answer = stream_answer(person, question, [exchange.full_question for exchange in exchanges[-EARLIER:]])
    with instance().database.writing() as db:
        memory.finish(db, person.actor, begun, asked.full, answer)
except CexunError as failure:
    st.error(literal(_(failure.message)))
    st.stop()
st.rerun()
