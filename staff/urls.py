"""Addresses of this app."""

from django.urls import path

from staff.views import exams, grades, people, secrets, signin, sites, training, users

app_name = "staff"
urlpatterns = [
    path("login/", signin.login_page, name="login"),
    path("logout/", signin.logout_page, name="logout"),
    path("account/", signin.account_page, name="account"),
    path("account/password/", signin.password_page, name="password"),
    path("users/", users.users_page, name="users"),
    path("users/new/", users.user_new, name="user_new"),
    path("users/<str:username>/", users.user_page, name="user"),
    path("users/<str:username>/switch/", users.user_switch, name="user_switch"),
    path("users/<str:username>/password/", secrets.password_set, name="user_password"),
    path(
        "users/<str:username>/keys/<int:token_id>/revoke/",
        secrets.token_revoke,
        name="token_revoke",
    ),
    path(
        "users/<str:username>/grants/<int:grant_id>/revoke/",
        users.grant_revoke,
        name="grant_revoke",
    ),
    path("sites/", people.sites_page, name="sites"),
    path("sites/new/", sites.site_new, name="site_new"),
    path("sites/<str:code>/", people.site_page, name="site"),
    path("sites/<str:code>/edit/", sites.site_edit, name="site_edit"),
    path("staff/", people.people_page, name="people"),
    path("staff/new/", people.person_new, name="person_new"),
    path("staff/<str:number>/", people.person_page, name="person"),
    path("staff/<str:number>/edit/", people.person_edit, name="person_edit"),
    path("staff/<str:number>/activate/", people.person_activate, name="person_activate"),
    path("staff/<str:number>/leave/", people.person_leave, name="person_leave"),
    path("staff/<str:number>/reveal/", people.person_reveal, name="person_reveal"),
    path("staff/<str:number>/grade/<str:month>/", grades.grade_page, name="grade"),
    path(
        "staff/<str:number>/grade/<str:month>/confirm/", grades.grade_confirm, name="grade_confirm"
    ),
    path("staff/<str:number>/grade/<str:month>/object/", grades.grade_object, name="grade_object"),
    path("staff/<str:number>/grade/<str:month>/decide/", grades.grade_decide, name="grade_decide"),
    path("grades/", grades.grades_page, name="grades"),
    path("training/", training.training_page, name="training"),
    path("training/courses/<slug:code>/", training.course_page, name="course"),
    path("training/courses/<slug:code>/start/", exams.exam_start, name="exam_start"),
    path("training/courses/<slug:code>/<int:position>/", training.lesson_page, name="lesson"),
    path("training/exams/<int:attempt_id>/take/", exams.exam_page, name="exam"),
    path("training/exams/<int:attempt_id>/answer/", exams.exam_answer, name="exam_answer"),
    path("training/exams/<int:attempt_id>/extend/", exams.exam_extend, name="exam_extend"),
    path("training/exams/<int:attempt_id>/finish/", exams.exam_finish, name="exam_finish"),
    path("training/exams/<int:attempt_id>/result/", exams.exam_result, name="exam_result"),
    path("training/certificates/<str:number>/", training.certificate_page, name="certificate"),
    path("home/staff/now/", people.home_now, name="home_now"),
    path("home/staff/mine/", people.home_mine, name="home_mine"),
]
