// SettingsPage: one page of SettingsWindow. What is changed on it holds at once; there is nothing
// to apply.

#pragma once

#include <QWidget>

namespace ui {

class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    // `title` stands in the list of pages.
    explicit SettingsPage(const QString &title, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_title(title)
    {
    }

    const QString &title() const { return m_title; }

    // Shows what holds now. Called each time the page is about to be seen.
    virtual void load() = 0;

private:
    QString m_title;
};

} // namespace ui
