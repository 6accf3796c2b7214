"""Addresses of improvement, meetings, notices, tasks and retention."""

from django.urls import path

from quality.views.improvement import improving, meetings, notices, programmes, routines, tasks

urlpatterns = [
    path("programmes/", programmes.programmes_page, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/<str:number>/", programmes.programme_page, name="programme"),
    path("programmes/<str:number>/edit/", programmes.programme_edit, name="programme_edit"),
    path("activities/", improving.activities_page, name="activities"),
    path("activities/new/", improving.activity_new, name="activity_new"),
    path("activities/<int:pk>/", improving.activity_page, name="activity"),
    path("strategy/", improving.strategies_page, name="strategies"),
    path("strategy/new/", improving.strategy_new, name="strategy_new"),
    path("strategy/<str:number>/", improving.strategy_page, name="strategy"),
    path("process-changes/", improving.changes_page, name="process_changes"),
    path("process-changes/new/", improving.change_new, name="process_change_new"),
    path("process-changes/<str:number>/", improving.change_page, name="process_change"),
    path("routines/", routines.routines_page, name="routines"),
    path("routines/new/", routines.routine_edit, name="routine_new"),
    path("routines/<slug:code>/", routines.routine_page, name="routine"),
    path("routines/<slug:code>/edit/", routines.routine_edit, name="routine_edit"),
    path("retention/", routines.retention_page, name="retention"),
    path("retention/new/", routines.retention_edit, name="retention_new"),
    path("retention/<slug:code>/", routines.retention_edit, name="retention_edit"),
    path("meetings/", meetings.meetings_page, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/series/", meetings.series_page, name="meeting_series"),
    path("meetings/series/new/", meetings.series_new, name="meeting_series_new"),
    path("meetings/series/<int:pk>/", meetings.series_one, name="meeting_series_one"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting"),
    path("staff-notices/", notices.notices_page, name="notices"),
    path("staff-notices/new/", notices.notice_edit, name="notice_new"),
    path("staff-notices/<int:pk>/", notices.notice_page, name="notice"),
    path("staff-notices/<int:pk>/edit/", notices.notice_edit, name="notice_edit"),
    path("tasks/", tasks.tasks_page, name="tasks"),
    path("tasks/new/", tasks.task_new, name="task_new"),
    path("tasks/files/<uuid:uid>/", tasks.kept_file, name="kept_file"),
    path("tasks/<str:number>/", tasks.task_page, name="task"),
    path("tasks/<str:number>/parts/<int:position>/", tasks.task_report, name="task_report"),
]
