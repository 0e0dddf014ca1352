"""workshops: boards, their rounds, guests and voices, and what of them the plan took over

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('workshop_board',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('state', sa.Enum('draft', 'open', 'frozen', 'closed', name='boardstate', native_enum=False, length=32), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('hide_names', sa.Boolean(), nullable=False),
    sa.Column('by_code', sa.Boolean(), nullable=False),
    sa.Column('timer_ends_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.Column('link_key', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('link_ends_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('closed_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.Column('removed_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['annual_plan.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_board', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_board_plan_id'), ['plan_id'], unique=False)

    op.create_table('workshop_guest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('nickname', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('secret_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('joined_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['workshop_board.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('board_id', 'nickname', name='uq_workshop_guest_board_nickname'),
    sa.UniqueConstraint('secret_hash'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_guest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_guest_board_id'), ['board_id'], unique=False)

    op.create_table('workshop_moderation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('before', core.storage.types.JsonText(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('undone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['workshop_board.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_moderation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_moderation_board_id'), ['board_id'], unique=False)

    op.create_table('workshop_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('vote', 'pain', 'react', 'rank', name='roundkind', native_enum=False, length=32), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('question', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('budget', sa.Float(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['workshop_board.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_round_board_id'), ['board_id'], unique=False)

    op.create_table('workshop_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('guest_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['board_id'], ['workshop_board.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['guest_id'], ['workshop_guest.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('board_id', 'code_hash', name='uq_workshop_code_board_code'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_code_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_code_guest_id'), ['guest_id'], unique=False)

    op.create_table('workshop_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('guest_id', sa.Integer(), nullable=True),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('cost', sa.Float(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('created_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guest_id'], ['workshop_guest.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lead_id'], ['workshop_item.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_id'], ['workshop_round.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_item_guest_id'), ['guest_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_item_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_item_round_id'), ['round_id'], unique=False)

    op.create_table('workshop_taken',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('target', sa.Enum('theme', 'need', 'goal', 'project', name='target', native_enum=False, length=32), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('before', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('now_is', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('after', sa.Integer(), nullable=False),
    sa.Column('voices', sa.Integer(), nullable=False),
    sa.Column('guests', sa.Integer(), nullable=False),
    sa.Column('batch', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('taken_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('taken_at', core.storage.types.UtcDateTime(), nullable=False),
    sa.Column('undone_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('undone_at', core.storage.types.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['workshop_board.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['workshop_item.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_id'], ['workshop_round.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_taken', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_taken_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_taken_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_taken_round_id'), ['round_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_taken_target_id'), ['target_id'], unique=False)

    op.create_table('workshop_voice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('guest_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('at', core.storage.types.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['guest_id'], ['workshop_guest.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['workshop_item.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['workshop_round.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('item_id', 'guest_id', name='uq_workshop_voice_item_guest'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workshop_voice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_voice_guest_id'), ['guest_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workshop_voice_round_id'), ['round_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('workshop_voice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_voice_round_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_voice_guest_id'))

    op.drop_table('workshop_voice')
    with op.batch_alter_table('workshop_taken', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_taken_target_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_taken_round_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_taken_item_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_taken_board_id'))

    op.drop_table('workshop_taken')
    with op.batch_alter_table('workshop_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_item_round_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_item_lead_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_item_guest_id'))

    op.drop_table('workshop_item')
    with op.batch_alter_table('workshop_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_code_guest_id'))
        batch_op.drop_index(batch_op.f('ix_workshop_code_board_id'))

    op.drop_table('workshop_code')
    with op.batch_alter_table('workshop_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_round_board_id'))

    op.drop_table('workshop_round')
    with op.batch_alter_table('workshop_moderation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_moderation_board_id'))

    op.drop_table('workshop_moderation')
    with op.batch_alter_table('workshop_guest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_guest_board_id'))

    op.drop_table('workshop_guest')
    with op.batch_alter_table('workshop_board', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_board_plan_id'))

    op.drop_table('workshop_board')
