"""The writing desk: curated YAML files read into entities and facts, checked, tidied and described by schemas."""
