"""papers: documents for leaders that were made, and the templates that they are made in

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('paper_template',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ending', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('current', sa.Boolean(), nullable=False),
        sa.Column('added_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('added_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('ending', 'number', name='uq_paper_template_ending_number'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('paper_template', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_template_ending'), ['ending'], unique=False)
    op.create_table('made_paper',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('paper', sa.Enum('plan', 'decision', 'review', 'workbook', name='paper', native_enum=False, length=32), nullable=False),
        sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column('parts', core.storage.types.JsonText(), nullable=False),
        sa.Column('template_id', sa.Integer(), nullable=True),
        sa.Column('template', sqlmodel.sql.sqltypes.AutoString(length=140), nullable=False),
        sa.Column('state', sa.Enum('waiting', 'ready', 'failed', name='state', native_enum=False, length=32), nullable=False),
        sa.Column('plan_version', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('stamp', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column('made_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('roles', core.storage.types.JsonText(), nullable=False),
        sa.Column('made_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['template_id'], ['paper_template.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('made_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_made_paper_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_made_paper_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_made_paper_account_id'), ['account_id'], unique=False)
    op.create_table('made_content',
        sa.Column('paper_id', sa.Integer(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['paper_id'], ['made_paper.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('paper_id'),
    )


def downgrade() -> None:
    op.drop_table('made_content')
    op.drop_table('made_paper')
    op.drop_table('paper_template')
