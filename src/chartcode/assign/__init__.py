"""From a chart's words to the codes to report: mentions, engines' proposals, and ``settle``, the home of policy."""
