"""The session's graph: stacked panes on one time axis. Only modules in this folder import pyqtgraph."""
