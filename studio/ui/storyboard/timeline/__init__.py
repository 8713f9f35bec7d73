"""The timeline: events as long as they last, lanes, markers; trimmed and moved under the hand."""
