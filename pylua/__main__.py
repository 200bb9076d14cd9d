"""`python -m pylua`: the same as the command `pylua`."""

import sys

from pylua.tools.lua import main

sys.exit(main())
