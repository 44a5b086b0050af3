"""Jobs that a page leaves for the worker. The one module through which the task library is imported."""

from __future__ import annotations

from django_tasks import TaskResult, TaskResultStatus, task

__all__ = ["TaskResult", "TaskResultStatus", "task"]
