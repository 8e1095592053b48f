"""Whatever members do to a vault, in whatever order: each reads what they were granted, and what was withdrawn is nowhere."""

import contextlib
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from postgres_server import postgres_server
from vault_machine_known import ALL, Known
from vault_machine_looking import check_list, check_reading, check_trail, open_everything
from vault_machine_steps import Steps
from vault_scene import CHEAP, empty_place, let_go, noon, phrase_of

from bearwitness.services.members import add_member, revoke_member
from bearwitness.services.unlocking import create_vault

# How many runs of how many steps; more of both for a long look: BEARWITNESS_MACHINE_RUNS=500.
RUNS = int(os.environ.get("BEARWITNESS_MACHINE_RUNS", "12"))
LENGTH = int(os.environ.get("BEARWITNESS_MACHINE_STEPS", "20"))
