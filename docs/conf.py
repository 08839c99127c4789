"""The documentation's build: strict, offline, with every example executed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_pages

from headertrace import __version__

project = "headertrace"
author = "The headertrace authors"
project_copyright = "2026, The headertrace authors"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_title = "headertrace"
html_copy_source = False
html_show_sourcelink = False

# Every page that shows output is run: an example that fails, fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 180
nb_merge_streams = True
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False}

write_pages(Path(__file__).parent)
