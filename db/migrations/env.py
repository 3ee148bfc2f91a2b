"""Run the migrations on the connection that `db.migrate` hands over, inside its transaction."""

from alembic import context

from db.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
