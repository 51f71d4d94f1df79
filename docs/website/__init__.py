"""The documentation as a site: ``make site`` builds it, ``make site-check`` opens its pages."""
