"""notes on decoding

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import core.storage.types

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('decoded_document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('refined_by', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('notes', core.storage.types.JsonText(), nullable=False, server_default='[]'))


def downgrade() -> None:
    with op.batch_alter_table('decoded_document', schema=None) as batch_op:
        batch_op.drop_column('notes')
        batch_op.drop_column('refined_by')
