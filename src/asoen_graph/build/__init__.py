"""The press: curated facts compiled to quads, completed by inference, validated with SHACL and written as a release."""
