"""Drawing a network: where its boxes stand, how its lines run, how kinds and relations look, legend and footnotes."""
