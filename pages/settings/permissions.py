"""Who may see and do what: read from the rules that are enforced."""

from __future__ import annotations

from core.access.actor import Right
from core.privacy import matrix
from pages.settings.parts.permissions import accounts_table, matrix_export, page_roles, pages_table, rights_table, shared_list
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import page_header

page_header("permissions")
actor = state.present().actor

rights_table(matrix.matrix(), actor.roles)
shown = page_roles()
pages_table(shown, actor.roles)
shared_list()
matrix_export(actor, shown)
if actor.may(Right.MANAGE_ACCOUNTS):
    with reading() as db:
        everybody = matrix.holders(db, actor)
    accounts_table(everybody)
