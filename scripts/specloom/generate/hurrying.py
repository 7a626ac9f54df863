"""Is imported first by the process from which those that build packages are forked.

To look for garbage meanwhile takes a sixth of its imports; they look for it after each package.
"""

import gc

gc.disable()
