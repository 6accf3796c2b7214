"""Addresses of customers, surveys, the case library and ready words."""

from django.urls import path

from complaints.views import (
    case_voice,
    customers,
    interviews,
    library,
    survey_public,
    survey_results,
    surveys,
    wishes,
)

_FILE = "customers/<str:code>/"
_PLAN = "surveys/plans/<int:pk>/"

PUBLIC = [
    ("s/<str:token>/", survey_public.survey, "survey"),
    ("service/suggest/", survey_public.suggest, "suggest"),
]

VOICE = [
    path("customers/", customers.customers_page, name="customers"),
    path("customers/new/", customers.customer_new, name="customer_new"),
    path("customers/visits/", wishes.visits_page, name="visits"),
    path("customers/visits/<int:pk>/", wishes.visit_page, name="visit"),
    path("customers/expectations/", wishes.expectations_page, name="expectations"),
    path("customers/expectations/new/", wishes.expectation_edit, name="expectation_new"),
    path("customers/expectations/<int:pk>/", wishes.expectation_edit, name="expectation"),
    path("customers/needs/", wishes.needs_page, name="needs"),
    path("customers/needs/new/", wishes.need_new, name="need_new"),
    path("customers/needs/<int:pk>/", wishes.need_page, name="need"),
    path("customers/suggestions/", wishes.suggestions_page, name="suggestions"),
    path("customers/desk/", wishes.desk_page, name="desk"),
    path("customers/desk/<int:pk>/end/", wishes.duty_end, name="duty_end"),
    path(_FILE, customers.customer_page, name="customer"),
    path(f"{_FILE}edit/", customers.customer_edit, name="customer_edit"),
    path(f"{_FILE}reveal/", customers.customer_reveal, name="customer_reveal"),
    path(f"{_FILE}visit/", wishes.visit_new, name="visit_new"),
    path("library/", library.examples_page, name="examples"),
    path("library/<int:pk>/", library.example_page, name="example"),
    path("settings/replies/", library.replies_page, name="replies"),
    path("settings/replies/new/", library.reply_template_new, name="reply_template_new"),
    path("settings/replies/<slug:code>/", library.reply_template, name="reply_template"),
    path("surveys/", surveys.surveys_page, name="surveys"),
    path("surveys/home/", survey_results.home_voice, name="home_voice"),
    path("surveys/mine/", survey_results.own_score, name="own_score"),
    path("surveys/mine/home/", survey_results.home_own_score, name="home_own_score"),
    path("surveys/results/", survey_results.results_page, name="survey_results"),
    path("surveys/words/", survey_results.words_page, name="survey_words"),
    path("surveys/words/<int:pk>/", survey_results.words_tag, name="survey_words_tag"),
    path("surveys/interviews/", interviews.interviews_page, name="interviews"),
    path("surveys/interviews/<int:pk>/", interviews.interview_page, name="interview"),
    path("surveys/interviews/<int:pk>/dial/", interviews.interview_dial, name="interview_dial"),
    path("surveys/measures/", surveys.measures_page, name="survey_measures"),
    path("surveys/measures/new/", surveys.measure_new, name="measure_new"),
    path("surveys/measures/<int:pk>/", surveys.measure_page, name="measure"),
    path("surveys/plans/new/", surveys.plan_edit, name="survey_plan_new"),
    path(_PLAN, surveys.plan_page, name="survey_plan"),
    path(f"{_PLAN}edit/", surveys.plan_edit, name="survey_plan_edit"),
    path(f"{_PLAN}approve/", surveys.plan_approve, name="survey_plan_approve"),
    path(f"{_PLAN}end/", surveys.plan_end, name="survey_plan_end"),
    path("surveys/rounds/<int:pk>/", surveys.round_page, name="survey_round"),
    path("surveys/questionnaires/<slug:code>/", surveys.questionnaire_page, name="questionnaire"),
    path("complaints/<str:number>/voice/", case_voice.case_voice, name="case_voice"),
    path("complaints/<str:number>/need/", case_voice.case_need, name="case_need"),
    path(
        "complaints/<str:number>/not-possible/",
        case_voice.case_not_possible,
        name="case_not_possible",
    ),
    path("complaints/<str:number>/example/", library.example_new, name="case_example"),
    path("complaints/<str:number>/knowledge/", library.knowledge, name="case_knowledge"),
]
