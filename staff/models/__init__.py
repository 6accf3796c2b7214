"""Who works here and where: sites, people, posts, courses, exams, certificates, grades."""

from staff.models.counted import PeopleRow, PostSpan
from staff.models.goals import Goal
from staff.models.grading import Assessment, AssessmentPart, AssessmentScheme, Objection
from staff.models.people import Employee, Post
from staff.models.places import Site, local
from staff.models.plans import (
    Attendance,
    EffectCheck,
    PracticeTest,
    TrainingNeed,
    TrainingSession,
)
from staff.models.posts import (
    Move,
    PostRequirement,
    PostVersion,
    Signature,
    Statement,
    Team,
    TeamMember,
    Unit,
)
from staff.models.rewards import (
    Discipline,
    LedgerEntry,
    Nomination,
    Promotion,
    RewardProposal,
    RewardRule,
    Suggestion,
)
from staff.models.signin import ApiToken, Grant, LoginAttempt, User, UserManager
from staff.models.supervision import CoachingNote, Observation
from staff.models.training import (
    Attempt,
    Certificate,
    Course,
    CourseAssignment,
    Exam,
    Lesson,
    Question,
)

__all__ = [
    "ApiToken",
    "Assessment",
    "AssessmentPart",
    "AssessmentScheme",
    "Attempt",
    "Attendance",
    "Certificate",
    "CoachingNote",
    "Course",
    "CourseAssignment",
    "Discipline",
    "EffectCheck",
    "Employee",
    "Exam",
    "Goal",
    "Grant",
    "LedgerEntry",
    "Lesson",
    "LoginAttempt",
    "Move",
    "Nomination",
    "Objection",
    "Observation",
    "PeopleRow",
    "Post",
    "PostRequirement",
    "PostSpan",
    "PostVersion",
    "PracticeTest",
    "Promotion",
    "Question",
    "RewardProposal",
    "RewardRule",
    "Signature",
    "Site",
    "Statement",
    "Suggestion",
    "Team",
    "TeamMember",
    "TrainingNeed",
    "TrainingSession",
    "Unit",
    "User",
    "UserManager",
    "local",
]
