"""What the web server calls."""

import os
import signal

from goldthread.ground.boot.children import ending_with_parent
from goldthread.ground.boot.secret import keep_secret

# The server's workers must not outlive it and keep the port. SIGTERM would do, but a server that is told to stop while it
# puts a dead worker right may never hear it, and its workers would answer for a database that is gone.
ending_with_parent(signal.SIGKILL)()
keep_secret()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.ground.boot.django")

from django.core.wsgi import get_wsgi_application  # noqa: E402  (Django reads its settings when first imported)

application = get_wsgi_application()

from goldthread.ground.running.measuring import keep_measuring  # noqa: E402  (as above)

keep_measuring()
