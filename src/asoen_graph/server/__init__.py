"""The release over HTTP: SPARQL, linked data, the API and pages, answered by worker processes that can be killed."""
