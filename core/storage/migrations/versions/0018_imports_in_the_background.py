"""imports in the background, certificates

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'certificate',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('issuer', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('grants', core.storage.types.JsonText(), nullable=False),
        sa.Column('edition', sa.Integer(), nullable=False),
        sa.Column('archived_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('code'),
        sa.UniqueConstraint('name'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'certificate_edition',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('certificate_id', sa.Integer(), nullable=False),
        sa.Column('edition', sa.Integer(), nullable=False),
        sa.Column('facts', core.storage.types.JsonText(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('certificate_edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_edition_certificate_id'), ['certificate_id'], unique=False)
    state = sa.Enum('waiting', 'done', 'stopped', 'failed', name='runstate', native_enum=False, length=32)
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', state, nullable=False, server_default='done'))
        batch_op.add_column(sa.Column('failure', core.storage.types.JsonText(), nullable=True))
    with op.batch_alter_table('column_mapping', schema=None) as batch_op:
        batch_op.alter_column(
            'field',
            existing_type=sqlmodel.sql.sqltypes.AutoString(length=40),
            type_=sqlmodel.sql.sqltypes.AutoString(length=120),
            existing_nullable=False,
        )


def downgrade() -> None:
    with op.batch_alter_table('column_mapping', schema=None) as batch_op:
        batch_op.alter_column(
            'field',
            existing_type=sqlmodel.sql.sqltypes.AutoString(length=120),
            type_=sqlmodel.sql.sqltypes.AutoString(length=40),
            existing_nullable=False,
        )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_column('failure')
        batch_op.drop_column('state')
    with op.batch_alter_table('certificate_edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_edition_certificate_id'))
    op.drop_table('certificate_edition')
    op.drop_table('certificate')
