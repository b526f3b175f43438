//! Where results go, and in which format.

use super::arguments::ResultFormat;
use super::fault::PanelFault;
use super::status::Status;
use super::terminal::Terminal;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use symmachia::render::sheet;
use symmachia::sheet::{Column, Failure, Sink};

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// A file; standard output where there is none.
    pub file: Option<PathBuf>,
    /// How they are said.
    pub format: ResultFormat,
}

impl Output {
    /// As the command line has it: the ending of the file tells the format where nothing else does.
    ///
    /// # Errors
    /// Where the ending tells nothing, where a workbook has no file, and where a program would be written over.
    pub fn new(file: Option<&Path>, format: Option<ResultFormat>) -> Result<Output, PanelFault> {
        let format = match (format, file) {
            (Some(format), Some(file)) => {
                refuse_other_ending(file, format)?;
                format
            }
            (Some(format), None) => format,
            (None, None) => ResultFormat::default(),
            (None, Some(file)) => by_ending(file)?,
        };
        if let Some(file) = file {
            refuse_program(file)?;
        }
        if format.is_binary() && file.is_none() {
            return Err(PanelFault::OutputWanted);
        }
        Ok(Output { file: file.map(Path::to_owned), format })
    }

    /// Writes a table. What stood in the file before stays there until the table is whole.
    ///
    /// # Errors
    /// Where it cannot be written; no fault where whoever reads has seen enough.
    pub fn table<T>(
        &self,
        columns: &[Column],
        write: impl FnOnce(&mut dyn Sink) -> Result<T, Failure>,
    ) -> Result<T, Option<PanelFault>> {
        let part = self.file.as_deref().map(part_of);
        let writer: Box<dyn Write + Send> = match &part {
            Some(part) => Box::new(BufWriter::new(create(part, self.file.as_deref().unwrap_or(part))?)),
            None => Box::new(BufWriter::new(io::stdout())),
        };
        let mut sink = self.sink(writer, columns).map_err(|failure| self.fault(failure))?;
        let written = write(sink.as_mut());
        drop(sink);
        if let (Some(part), Some(file)) = (&part, &self.file)
            && part != file
        {
            if written.is_ok() {
                std::fs::rename(part, file).map_err(|error| unwritable(file, &error))?;
            } else {
                // What cannot be removed is at least not the file that was asked for.
                let _ = std::fs::remove_file(part);
            }
        }
        written.map_err(|failure| self.fault(failure))
    }

    fn sink(&self, writer: Box<dyn Write + Send>, columns: &[Column]) -> Result<Box<dyn Sink>, Failure> {
        Ok(match self.format {
            ResultFormat::Human | ResultFormat::Plain | ResultFormat::Json | ResultFormat::Csv => {
                Box::new(sheet::CsvSink::new(writer, columns)?)
            }
            ResultFormat::Jsonl => Box::new(sheet::JsonLinesSink::new(writer, columns)),
            ResultFormat::Markdown => Box::new(sheet::MarkdownSink::new(writer, columns)?),
            ResultFormat::Latex => Box::new(sheet::LatexSink::new(writer, columns)?),
            #[cfg(feature = "excel")]
            ResultFormat::Xlsx => Box::new(sheet::ExcelSink::new(writer, columns)?),
        })
    }

    /// Writes a text that is whole.
    pub fn print(&self, text: &str, terminal: &Terminal, status: Status) -> Status {
        let Some(path) = &self.file else { return terminal.print(text, status) };
        match write_whole(path, text) {
            Ok(()) => status,
            Err(fault) => {
                terminal.report(&[fault.diagnostic()], &symmachia::text::Texts::new());
                Status::Wrong
            }
        }
    }

    /// What a failure to write amounts to; nothing where whoever reads has seen enough.
    fn fault(&self, failure: Failure) -> Option<PanelFault> {
        match failure {
            Failure::Refused(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Failure::Refused(error) => {
                let path = self.file.as_deref().map_or("standard output".to_owned(), |path| path.display().to_string());
                Some(PanelFault::OutputUnwritable { path, reason: error.to_string() })
            }
            Failure::TooManyRows { most } => Some(PanelFault::TooManyRows { most }),
        }
    }
}

/// Writes a file that is whole.
///
/// # Errors
/// Where that fails.
pub fn write_whole(path: &Path, text: &str) -> Result<(), PanelFault> {
    create(path, path)?.write_all(text.as_bytes()).map_err(|error| unwritable(path, &error))
}

/// Refuses to write over a program.
///
/// # Errors
/// Where the ending is that of programs.
pub fn refuse_program(path: &Path) -> Result<(), PanelFault> {
    if ending(path) == "ally" {
        return Err(PanelFault::OutputIsProgram { path: path.display().to_string() });
    }
    Ok(())
}

/// Refuses a codebook where the ending says that the file is something else.
///
/// # Errors
/// Where the ending is that of a format in which no codebook is written.
pub fn refuse_no_page(path: &Path) -> Result<(), PanelFault> {
    refuse_program(path)?;
    let is_page = matches!(by_ending(path), Ok(ResultFormat::Markdown | ResultFormat::Plain));
    if is_page || !(by_ending(path).is_ok() || FOREIGN.contains(&ending(path).as_str())) {
        return Ok(());
    }
    Err(PanelFault::CodebookEnding { path: path.display().to_string() })
}

/// Endings of files that other programs write, and read as what they say.
const FOREIGN: &[&str] = &["dta", "xls", "parquet", "rds", "rda", "sav", "html", "htm", "pdf", "docx", "doc"];

/// Refuses a file whose ending says another format: whatever opens it by its ending would be misled.
fn refuse_other_ending(path: &Path, format: ResultFormat) -> Result<(), PanelFault> {
    let text = [ResultFormat::Human, ResultFormat::Plain];
    let agrees = match by_ending(path) {
        // Whatever is text may be called so.
        Ok(ResultFormat::Plain) => !format.is_binary(),
        Ok(said) => said == format || (text.contains(&said) && text.contains(&format)),
        Err(_) => !FOREIGN.contains(&ending(path).as_str()),
    };
    let fault = || PanelFault::EndingDiffers {
        path: path.display().to_string(),
        format: format.to_string(),
        ending: usual_ending(format),
        tells_a_format: by_ending(path).is_ok(),
    };
    if agrees { Ok(()) } else { Err(fault()) }
}

/// With what files of a format end.
fn usual_ending(format: ResultFormat) -> &'static str {
    match format {
        ResultFormat::Human | ResultFormat::Plain => "txt",
        ResultFormat::Json => "json",
        ResultFormat::Csv => "csv",
        ResultFormat::Jsonl => "jsonl",
        ResultFormat::Markdown => "md",
        ResultFormat::Latex => "tex",
        #[cfg(feature = "excel")]
        ResultFormat::Xlsx => "xlsx",
    }
}

fn create(path: &Path, asked_for: &Path) -> Result<File, PanelFault> {
    File::create(path).map_err(|error| unwritable(asked_for, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> PanelFault {
    PanelFault::OutputUnwritable { path: path.display().to_string(), reason: error.to_string() }
}

/// Where a file grows until it is whole: beside it; a pipe or device takes it as it comes.
fn part_of(path: &Path) -> PathBuf {
    if path.is_dir() || (path.exists() && !path.is_file()) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn ending(path: &Path) -> String {
    path.extension().map_or(String::new(), |ending| ending.to_string_lossy().to_lowercase())
}

fn by_ending(path: &Path) -> Result<ResultFormat, PanelFault> {
    refuse_program(path)?;
    Ok(match ending(path).as_str() {
        "csv" => ResultFormat::Csv,
        "jsonl" | "ndjson" => ResultFormat::Jsonl,
        "json" => ResultFormat::Json,
        "md" | "markdown" => ResultFormat::Markdown,
        "tex" => ResultFormat::Latex,
        "txt" => ResultFormat::Plain,
        #[cfg(feature = "excel")]
        "xlsx" => ResultFormat::Xlsx,
        _ => return Err(PanelFault::UnknownEnding { path: path.display().to_string() }),
    })
}
