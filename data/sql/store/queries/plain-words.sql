-- What people say, in plain words, and what services write of themselves for the same: looked for beside what was typed when somebody searches for a
-- service. A line: words that mean one thing; then what is looked for too, each a word or words that follow each other; all folded (small letters, no
-- accents). A word that is being typed counts from four letters on, and what is looked for is the beginning of a word. In the languages Kith speaks: a
-- line for another thing, or a word more in a line, is all that is needed. The same thing has one line in all languages.
-- name: search-service-also
-- inputs: word
WITH plain (said, also) AS (VALUES
  ('doctor doctors physician gp nurse clinic sick ill medico medica doctora medicos clinica enfermo enferma salud', 'primary care|medical|medicine|clinic|health center|check ups|physician'),
  ('dentist dentists tooth teeth toothache dentista dentistas diente dientes muela muelas', 'dental|dentist|oral health'),
  ('glasses eye eyes eyesight lentes anteojos gafas ojo ojos', 'vision|optical|eye care|eyeglasses'),
  ('medicine medicines medication pills prescription prescriptions medicina medicinas medicamento medicamentos receta', 'pharmacy|prescription|medication|primary care'),
  ('therapist therapy counselor counsellor depression depressed anxiety psychologist terapia terapeuta psicologo psicologa depresion ansiedad', 'counseling|counselling|mental health|behavioral health|therapy'),
  ('drug drugs alcohol drinking addiction addicted rehab detox sober droga drogas adiccion alcoholismo', 'recovery|substance|addiction|alcohol|drugs|detox|outpatient counseling'),
  ('food hungry hunger eat eating groceries grocery pantry lunch dinner comida comidas alimento alimentos hambre despensa comer', 'food|meal|meals|groceries|pantry|lunch|produce'),
  ('bed beds sleep sleeping homeless shelter roof night cama camas dormir albergue refugio techo', 'shelter|bed|beds|overnight|street outreach'),
  ('rent eviction evicted landlord renta alquiler desalojo casero', 'rent|eviction|tenant|renters|deposit'),
  ('house apartment flat housing home room vivienda casa apartamento departamento cuarto', 'housing|rehousing|flat|apartment|rent'),
  ('lawyer lawyers attorney court legal abogado abogada abogados corte legales', 'legal|lawyer|attorney|tenant advice'),
  ('job jobs work unemployed resume trabajo empleo desempleado desempleada', 'employment|job|jobs|resume|looking for work'),
  ('kid kids child children daycare babysitter guarderia nino nina ninos ninas hijo hijos', 'child care|childcare|after school|young people|youth|children|families'),
  ('homework tutor tutoring tarea tareas escuela', 'after school|homework|tutoring'),
  ('english esl ingles idioma', 'english|esl'),
  ('ride rides bus taxi car transport transporte autobus camion carro', 'transportation|ride|rides|bus pass'),
  ('baby babies diaper diapers pregnant pregnancy bebe bebes panal panales embarazada embarazo', 'prenatal|maternal|diaper|infant|baby'),
  ('electricity light gas water power utility utilities bill bills luz agua electricidad recibo recibos', 'utility|utilities|shut off|energy'),
  ('money cash pay dinero efectivo pagar', 'financial|payment|cash assistance|benefits'),
  ('elderly senior seniors old grandmother grandfather anciano ancianos mayor mayores abuela abuelo', 'senior|seniors|over 60|older adults|meals on wheels'),
  ('veteran veterans military army veterano veterana veteranos ejercito', 'veteran|veterans'),
  ('immigrant immigrants immigration refugee refugees visa papers inmigrante inmigrantes inmigracion refugiado refugiada refugiados papeles', 'immigration|refugee|newcomers'),
  ('abuse abused violence violent beaten violencia abuso maltrato golpes', 'domestic violence|survivors|safety plan|crisis'),
  ('clothes clothing coat shoes ropa zapatos abrigo', 'clothing|clothes|coats|work clothes'),
  ('shower showers wash laundry ducha duchas regadera lavanderia', 'showers|laundry|hygiene'),
  ('internet computer laptop phone computadora telefono', 'computer|internet|digital|phones'),
  ('tax taxes impuesto impuestos', 'tax|taxes'),
  ('vaccine vaccines shot shots vacuna vacunas', 'vaccines|immunization|flu shots|primary care'),
  ('suicide suicidal crisis suicidio', 'crisis|suicide|mental health')
)
SELECT DISTINCT trim(x.value) AS also
FROM plain p JOIN json_each('["' || replace(p.said, ' ', '","') || '"]') w JOIN json_each('["' || replace(p.also, '|', '","') || '"]') x
WHERE (w.value = :word OR (length(:word) >= 4 AND substr(w.value, 1, length(:word)) = :word)) AND x.value <> :word;
