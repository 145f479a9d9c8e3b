CREATE TABLE half (id TEXT);
CREATE TABLE nonsense (;
