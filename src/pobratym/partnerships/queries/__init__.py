"""Reading partnerships: lists, the story of one, the table of six directions, what waits for a person."""

from pobratym.partnerships.queries.desk import Waiting, waiting_for
from pobratym.partnerships.queries.documents import DocumentRow, documents_of, draft_for
from pobratym.partnerships.queries.lists import (
    answers_for_page,
    commitments_for_page,
    direction_in,
    filtered,
    link_of,
    parties_for_page,
    partnerships_for_page,
    partnerships_of,
    partnerships_of_bodies,
    showable_in,
    visible_to,
)
from pobratym.partnerships.queries.next import NextStep, next_step
from pobratym.partnerships.queries.parties import (
    PartyRow,
    StatusNotice,
    details_hidden,
    fellows_of,
    parties_of,
    status_notices,
    working_details,
)
from pobratym.partnerships.queries.scorecard import CommitmentRow, DirectionRow, direction_of, records_in, scorecard
from pobratym.partnerships.queries.story import Happened, StageStep, chronicle_of, stages_of

__all__ = (
    "CommitmentRow",
    "DirectionRow",
    "DocumentRow",
    "Happened",
    "NextStep",
    "PartyRow",
    "StageStep",
    "StatusNotice",
    "Waiting",
    "answers_for_page",
    "chronicle_of",
    "commitments_for_page",
    "details_hidden",
    "direction_in",
    "direction_of",
    "documents_of",
    "draft_for",
    "fellows_of",
    "filtered",
    "link_of",
    "next_step",
    "parties_for_page",
    "parties_of",
    "partnerships_for_page",
    "partnerships_of",
    "partnerships_of_bodies",
    "records_in",
    "scorecard",
    "showable_in",
    "stages_of",
    "status_notices",
    "visible_to",
    "waiting_for",
    "working_details",
)
