"""The Flask extensions, each made once and bound to the application in `create_app`."""

from flask_compress import Compress
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from webapp.models import Base

db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate(compare_type=True)
csrf = CSRFProtect()
# By what a client accepts: zstd, Brotli or gzip. Event streams are not among what it packs.
compress = Compress()
