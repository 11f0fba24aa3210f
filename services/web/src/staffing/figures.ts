import { weekOf } from '@sidekick/calendar/iso';
import { FiguresAnswer, type Question } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import { ask, bodyOf, fitting } from '../api/ask.ts';
import { learnToday, useToday } from './today.ts';

/**
 * Figures under one head, as `schema` reads their answers. What was asked of weeks around a day that was only guessed is not shown where
 * the answer names another week.
 */
export function useFigures<T extends z.ZodType>(questions: Question[] | null, schema: T) {
  const { today, sure } = useToday();
  const query = useQuery({
    queryKey: ['staffing', 'figures', questions],
    queryFn: async ({ signal }) => {
      const body = bodyOf('askFigures', { questions: questions ?? [] });
      const answer = await ask(FiguresAnswer, '/figures', { method: 'POST', body, signal });
      return { today: answer.today, figures: fitting(schema, answer.answers) };
    },
    enabled: questions !== null,
  });
  const answered = query.data?.today;
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  const fits = sure || answered === undefined || weekOf(answered) === weekOf(today);
  return { figures: fits ? query.data?.figures : undefined, today, error: query.error, retry: () => void query.refetch() };
}
