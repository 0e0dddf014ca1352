"""What a file is read against: the rows that there are, and by which names everything is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.i18n import LANGUAGES
from core.people import repository as model
from core.people.certificates import naming as certificates
from core.people.competencies import seeds
from core.people.importing import repository
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Known
from core.people.importing.writing import RESTORED
from core.sheets.reading import folded
from core.storage import Session

# Files whose rows name people who are there already, or may be.
_OF_PEOPLE = (ImportKind.ROSTER, ImportKind.ASSESSMENTS, ImportKind.CERTIFICATES)


def known(db: Session, kind: ImportKind) -> Known:
    """What the database holds that a file of this kind is read against."""
    managers = repository.managers(db) if kind in _OF_PEOPLE else {}
    spelled, names = competencies(db)
    return Known(
        existing=_existing(db, kind, managers),
        units={folded(row.name): row.name for row in repository.units(db)},
        posts={folded(row.name): row.name for row in repository.posts(db)},
        competencies=spelled,
        model=names,
        managers=managers,
        courses={folded(row.name): row.name for row in repository.courses(db)},
        codes={folded(row.code): row.name for row in repository.courses(db) if row.code},
        certificates=certificates.named(db) if kind is ImportKind.CERTIFICATES else {},
    )


def competencies(db: Session) -> tuple[dict[str, str], set[str]]:
    """The name of each competency by all that it is called: the branch's model before the starter library, names before aliases."""
    rows = model.competencies(db)
    offered = [seed.facts for language in LANGUAGES for seed in seeds(language) if seed.code not in {row.code for row in rows}]
    chinese = {seed.facts.aliases[-1]: seed.facts.name for seed in seeds("zh")}
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(folded(row.name), row.name)
    for row in rows:
        for alias in row.aliases:
            found.setdefault(folded(alias), row.name)
    for facts in offered:
        for name in (facts.name, *facts.aliases):
            found.setdefault(folded(name), chinese.get(facts.name, facts.name))
    return found, {row.name for row in rows}


def _existing(db: Session, kind: ImportKind, managers: Mapping[str, str]) -> dict[Any, dict[str, Any]]:
    if kind is ImportKind.ROSTER:
        return {
            (number,): {
                "employee_no": number,
                "name": name,
                "unit": unit,
                "post": post,
                "manager_no": managers.get(number, ""),
                "hire_date": hired,
                "line": line,
                "left_at": left,
            }
            for number, name, unit, post, hired, line, left in repository.roster(db)
        }
    if kind is ImportKind.ASSESSMENTS:
        fields = ("employee_no", "competency", "source", "date", "score", "scale_max")
        listed = (dict(zip(fields, row, strict=True)) for row in repository.assessments(db))
        return {(row["employee_no"], row["competency"], row["source"] or None, row["date"]): row for row in listed}
    if kind is ImportKind.CERTIFICATES:
        return _held(db)
    if kind is ImportKind.POSTS:
        return {
            (row.name,): {"post": row.name, "family": row.family, "class": row.talent_class, "line": row.line}
            for row in repository.posts(db)
        }
    if kind is ImportKind.CATALOGUE:
        return _catalogue(db)
    return {
        (post, competency): {"post": post, "competency": competency, "required_level": level, "weight": weight}
        for post, competency, level, weight in repository.requirements(db)
    }


def _held(db: Session) -> dict[Any, dict[str, Any]]:
    names = certificates.names(db)
    fields = ("employee_no", "certificate", "date", "expiry", "certificate_no")
    rows = ((number, names.get(key, key), *rest) for number, key, *rest in repository.held(db))
    return {row[:3]: dict(zip(fields, row, strict=True)) for row in rows}


def _catalogue(db: Session) -> dict[Any, dict[str, Any]]:
    rows = repository.courses(db)
    names, competencies = {row.id: row.name for row in rows}, {row.id: row.name for row in model.competencies(db)}
    spans: dict[int, list[tuple[str, Any]]] = {}
    for one in repository.servings(db):
        spans.setdefault(one.course_id, []).append((competencies[one.competency_id], (one.from_level, one.to_level)))
    needs: dict[int, list[str]] = {}
    for needed in repository.prerequisites(db):
        needs.setdefault(needed.course_id, []).append(names[needed.needs_id])
    return {
        (row.name,): {
            "course": row.name,
            **{name: getattr(row, name) for name in RESTORED["course"]},
            "competency": tuple(name for name, _ in sorted(spans.get(row.id or 0, ()))),
            "levels": tuple(span for _, span in sorted(spans.get(row.id or 0, ()))),
            "prerequisite": tuple(sorted(needs.get(row.id or 0, ()))),
        }
        for row in rows
    }
