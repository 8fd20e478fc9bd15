"""Importing (导入): tables of people, places, routes and trainings become rows of the ledger, each row by itself."""

from assistant.desk.importing.households import import_households
from assistant.desk.importing.people import import_people
from assistant.desk.importing.places import import_places
from assistant.desk.importing.routes import import_routes
from assistant.desk.importing.trainings import import_trainings

__all__ = ["import_households", "import_people", "import_places", "import_routes", "import_trainings"]
