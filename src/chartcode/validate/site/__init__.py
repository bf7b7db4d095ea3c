"""Rules and profiles that a site writes itself, in TOML: no programming, and nothing in them can run for ever."""

from chartcode.validate.site.profiles import Profile, profile
from chartcode.validate.site.rules import site_rules

__all__ = ["Profile", "profile", "site_rules"]
