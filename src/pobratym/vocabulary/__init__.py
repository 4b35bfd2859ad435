"""The words that all contexts share: directions, visibility, origin, proof, refusals."""
