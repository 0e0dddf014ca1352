"""The desk of this module: what other modules, pages, routes and commands may ask of it.

Each function asks for the right first, then holds the rule, then stores. A function that takes a `Session` works
inside the caller's transaction; one that takes a `Database` opens its own short transactions, because it spends time
on a password in between.
"""

from core.access.accounts import (
    Person,
    add,
    change_own_email,
    change_roles,
    disable,
    enable,
    names,
    nobody_yet,
    own,
    people,
    prefer,
    rename,
    rename_self,
    tour_away,
)
from core.access.audit import Entry, EntryPage, actions, actors, done_by, entries, record, to_csv
from core.access.claims import admit_claims, present_by_claims, record_refusal
from core.access.invitations import (
    Welcome,
    choose_password,
    create_owner,
    invite,
    owner_link,
    welcome,
)
from core.access.own_password import change_password
from core.access.present import Present
from core.access.sign_ins import (
    Admission,
    OpenSignIn,
    own_sign_ins,
    present,
    present_by_token,
    revoke_all,
    revoke_own,
    seen,
    sign_in,
    sign_out,
)

__all__ = [
    "Admission",
    "Entry",
    "EntryPage",
    "OpenSignIn",
    "Person",
    "Present",
    "Welcome",
    "actions",
    "actors",
    "add",
    "admit_claims",
    "change_own_email",
    "change_password",
    "change_roles",
    "choose_password",
    "create_owner",
    "disable",
    "done_by",
    "enable",
    "entries",
    "invite",
    "names",
    "nobody_yet",
    "own",
    "own_sign_ins",
    "owner_link",
    "people",
    "prefer",
    "present",
    "present_by_claims",
    "present_by_token",
    "record",
    "record_refusal",
    "rename",
    "rename_self",
    "revoke_all",
    "revoke_own",
    "seen",
    "sign_in",
    "sign_out",
    "to_csv",
    "tour_away",
    "welcome",
]
