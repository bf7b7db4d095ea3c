"""From the words of a chart to the codes to report: mentions, engines' proposals, and ``settle``, where policy lives."""
