"""Tests of the proof: each shows what it finds, or what it lets nobody get away with."""
