"""What the web server calls."""

import os
import signal

from goldthread.ground.boot.children import ending_with_parent
from goldthread.ground.boot.secret import keep_secret

ending_with_parent(signal.SIGTERM)()  # the server's workers must not outlive it and keep the port
keep_secret()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.ground.boot.django")

from django.core.wsgi import get_wsgi_application  # noqa: E402  (Django reads its settings when first imported)

application = get_wsgi_application()
