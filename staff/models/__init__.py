"""Who works here and where: sites, people, posts, courses, exams, certificates, grades."""

from staff.models.grading import Assessment, AssessmentPart, AssessmentScheme, Objection
from staff.models.people import Employee, Post
from staff.models.places import Site, local
from staff.models.signin import ApiToken, Grant, LoginAttempt, User, UserManager
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
    "Certificate",
    "Course",
    "CourseAssignment",
    "Employee",
    "Exam",
    "Grant",
    "Lesson",
    "LoginAttempt",
    "Objection",
    "Post",
    "Question",
    "Site",
    "User",
    "UserManager",
    "local",
]
