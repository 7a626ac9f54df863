"""Is imported first by processes that build packages: to look for garbage meanwhile takes a sixth of their imports.

They look for it after each package.
"""

import gc

gc.disable()
