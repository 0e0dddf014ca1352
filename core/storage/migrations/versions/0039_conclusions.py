"""conclusions of the review, and what was carried over to the next year

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    choice = ('keep', 'change', 'stop', 'scale')
    op.create_table('conclusion',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('theme_id', sa.Integer(), nullable=True),
        sa.Column('quarter', sa.Integer(), nullable=False),
        sa.Column('choice', sa.Enum(*choice, name='choice', native_enum=False, length=32), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
        sa.Column('change', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('factor', sa.Float(), nullable=True),
        sa.Column('state', sa.Enum('draft', 'confirmed', name='conclusionstate', native_enum=False, length=32), nullable=False),
        sa.Column('suggested', sa.Enum(*choice, name='choice', native_enum=False, length=32), nullable=True),
        sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('reasons', core.storage.types.JsonText(), nullable=False),
        sa.Column('evidence', core.storage.types.JsonText(), nullable=False),
        sa.Column('confirmed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('confirmed_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('changed_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('conclusion', schema=None) as batch_op:
        for column in ('plan_id', 'project_id', 'theme_id', 'state'):
            batch_op.create_index(batch_op.f(f'ix_conclusion_{column}'), [column], unique=False)

    op.create_table('carry_over',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('to_plan_id', sa.Integer(), nullable=True),
        sa.Column('to_year', sa.Integer(), nullable=False),
        sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('done_at', core.storage.types.UtcDateTime(), nullable=False),
        sa.Column('undone_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column('undone_at', core.storage.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['to_plan_id'], ['annual_plan.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('carry_over', schema=None) as batch_op:
        for column in ('plan_id', 'to_plan_id'):
            batch_op.create_index(batch_op.f(f'ix_carry_over_{column}'), [column], unique=False)

    kinds = ('plan', 'project', 'goal', 'baseline', 'share', 'stopped')
    op.create_table('carry_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('carry_over_id', sa.Integer(), nullable=False),
        sa.Column('conclusion_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.Enum(*kinds, name='carrykind', native_enum=False, length=32), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column('before', core.storage.types.JsonText(), nullable=True),
        sa.Column('after', core.storage.types.JsonText(), nullable=True),
        sa.Column('source_id', sa.Integer(), nullable=True),
        sa.Column('project_id', sa.Integer(), nullable=True),
        sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('row_id', sa.Integer(), nullable=True),
        sa.Column('row_version', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['carry_over_id'], ['carry_over.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['conclusion_id'], ['conclusion.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['source_id'], ['project.id'], ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['project_id'], ['project.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('carry_item', schema=None) as batch_op:
        for column in ('carry_over_id', 'conclusion_id', 'source_id', 'project_id'):
            batch_op.create_index(batch_op.f(f'ix_carry_item_{column}'), [column], unique=False)


def downgrade() -> None:
    op.drop_table('carry_item')
    op.drop_table('carry_over')
    op.drop_table('conclusion')
