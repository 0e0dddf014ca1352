"""Queries on certificates."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.people.tables import CertificateEdition, CertificateRow, HeldCertificate


def certificates(db: Session) -> list[CertificateRow]:
    """What the branch added or changed, archived ones included, in the order in which it came."""
    return list(db.exec(select(CertificateRow).order_by(col(CertificateRow.id))))


def certificate(db: Session, row_id: int) -> CertificateRow | None:
    """One of these."""
    return db.get(CertificateRow, row_id)


def certificate_of(db: Session, code: str) -> CertificateRow | None:
    """What the branch made of a certificate that came with the product."""
    return db.exec(select(CertificateRow).where(CertificateRow.code == code)).first()


def editions(db: Session) -> list[CertificateEdition]:
    """What certificates were before, the latest first."""
    return list(db.exec(select(CertificateEdition).order_by(col(CertificateEdition.id).desc())))


def held(db: Session, row_id: int) -> HeldCertificate | None:
    """A certificate that somebody holds."""
    return db.get(HeldCertificate, row_id)


def held_of(db: Session, employee_id: int) -> list[HeldCertificate]:
    """What somebody holds, and what was taken off."""
    return list(db.exec(select(HeldCertificate).where(HeldCertificate.employee_id == employee_id).order_by(col(HeldCertificate.id))))
